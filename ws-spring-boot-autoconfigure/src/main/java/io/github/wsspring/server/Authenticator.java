package io.github.wsspring.server;

import java.net.InetSocketAddress;

import io.github.wsspring.handshake.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is behind an upgrade request.
 */
public interface Authenticator {

	/** Lets everybody in, nobody by name. */
	Authenticator ANONYMOUS = new Authenticator() {

		@Override
		public Outcome authenticate(UpgradeRequest request, InetSocketAddress remoteAddress) {
			return Admitted.ANONYMOUS;
		}

	};

	/**
	 * Decides who is behind a request.
	 * @param request a correct upgrade request from an allowed origin
	 * @param remoteAddress where it came from
	 * @return the decision
	 * @throws Exception if it cannot be made: the client gets a 500
	 */
	Outcome authenticate(UpgradeRequest request, InetSocketAddress remoteAddress) throws Exception;

	/**
	 * Decides whose token it is that the peer of a session has sent in a message, to go
	 * on when the first one has expired.
	 * @param token the token
	 * @param request the path and query that the session was opened with, without headers
	 * @param remoteAddress where the peer is
	 * @return the decision; denied unless this is overridden
	 * @throws Exception if it cannot be made
	 */
	default Outcome reauthenticate(String token, UpgradeRequest request, InetSocketAddress remoteAddress)
			throws Exception {
		return new Denied("tokens are not taken in messages");
	}

	/**
	 * Whether {@link #authenticate} or {@link #reauthenticate} may block and so has to
	 * run on the endpoint's executor.
	 * @return {@code false} to have it called on the event loop
	 */
	default boolean mayBlock() {
		return false;
	}

	/**
	 * The decision about a request.
	 */
	sealed interface Outcome permits Admitted, Denied {

	}

	/**
	 * The peer may go on.
	 *
	 * @param identity who it is, {@code null} if anonymous
	 * @param subprotocol the subprotocol to answer because the token came as its
	 * companion, {@code null} to leave the choice to the endpoint
	 */
	record Admitted(@Nullable Identity identity, @Nullable String subprotocol) implements Outcome {

		/** Nobody by name. */
		public static final Admitted ANONYMOUS = new Admitted(null, null);

	}

	/**
	 * The peer may not go on: 401, or 4401 after the upgrade.
	 *
	 * @param reason why, in words that are safe to log and to send: never the token
	 */
	record Denied(String reason) implements Outcome {

	}

}
