package io.github.wsspring.endpoint;

import io.github.wsspring.server.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Knows whose token it is; to be implemented by a bean of the application. May block.
 */
@FunctionalInterface
public interface WsAuthenticator {

	/**
	 * Finds the owner of a token.
	 * @param token the token, {@code null} if the request has none
	 * @param request the request; without headers when it is about a token that came in a
	 * message, see {@link WsSession#reauthenticate}
	 * @return the owner or {@code null} if there is none: then a request with a token is
	 * refused, and one without is refused if authentication is required
	 * @throws Exception if it cannot be found out: the client gets a 500
	 */
	@Nullable Identity authenticate(@Nullable String token, HandshakeRequest request) throws Exception;

}
