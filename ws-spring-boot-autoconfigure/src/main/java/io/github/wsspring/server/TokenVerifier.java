package io.github.wsspring.server;

import java.net.InetSocketAddress;

import io.github.wsspring.handshake.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Knows whose token it is.
 */
@FunctionalInterface
public interface TokenVerifier {

	/**
	 * Finds the owner of a token.
	 * @param token the token, {@code null} if the request has none
	 * @param request the request
	 * @param remoteAddress where it came from
	 * @return the owner or {@code null} if there is none: then a request with a token is
	 * refused, and one without is refused if authentication is required
	 * @throws Exception if it cannot be found out: the client gets a 500
	 */
	@Nullable Identity verify(@Nullable String token, UpgradeRequest request, InetSocketAddress remoteAddress) throws Exception;

	/**
	 * Whether {@link #verify} may block, as a look-up in a database does.
	 * @return {@code false} to have it called on the event loop
	 */
	default boolean mayBlock() {
		return true;
	}

}
