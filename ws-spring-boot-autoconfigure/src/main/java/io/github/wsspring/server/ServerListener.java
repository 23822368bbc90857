package io.github.wsspring.server;

import java.net.InetSocketAddress;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Told by the engine what happens, so that the floors above can log and count. Called on
 * event loops and executors by several threads at once; must be quick and must not throw.
 */
public interface ServerListener {

	/** Hears nothing. */
	ServerListener NONE = new ServerListener() {
	};

	/**
	 * A connection or an upgrade request was refused.
	 * @param refusal what was refused and why
	 */
	default void refused(Refusal refusal) {
	}

	/**
	 * A session was opened.
	 * @param session the session
	 */
	default void opened(Session session) {
	}

	/**
	 * A session has joined a topic. For one session and topic these calls alternate with
	 * those of {@link #left}; they must not change topics.
	 * @param session the session
	 * @param topic the topic's name
	 */
	default void joined(Session session, String topic) {
	}

	/**
	 * A session has left a topic, by itself or because it ends: then before
	 * {@link #closed}, unless it was just joining.
	 * @param session the session
	 * @param topic the topic's name
	 */
	default void left(Session session, String topic) {
	}

	/**
	 * A session ended.
	 * @param session the session
	 * @param status how, as its handler is told
	 * @param cause the limit or rule of ours that ended it, {@code null} if the peer or
	 * the application did
	 */
	default void closed(Session session, CloseStatus status, @Nullable CloseCause cause) {
	}

	/**
	 * A handler failed; its session will end with 1011, unless the client was told of the
	 * failure and the session goes on.
	 * @param endpoint the endpoint
	 * @param session the session, {@code null} during the handshake
	 * @param failure what was thrown
	 */
	default void handlerFailed(Endpoint endpoint, @Nullable Session session, Throwable failure) {
	}

	/**
	 * A handler that is called on an event loop has been holding it for more than 100 ms,
	 * and still does; all other sessions of that loop wait. Told once for a call.
	 * @param session the session that it was called for
	 * @param method the application's method, {@code null} if it is not known
	 * @param millis for how long at least
	 */
	default void loopHeld(Session session, @Nullable String method, long millis) {
	}

	/**
	 * The engine itself failed and went on.
	 * @param what what it was doing
	 * @param failure what was thrown
	 */
	default void engineFailed(String what, Throwable failure) {
	}

	/**
	 * A refused connection or upgrade request.
	 *
	 * @param cause the rule
	 * @param status the HTTP status of the answer, or the close code if it was refused
	 * after the upgrade
	 * @param detail what was found and what was expected, safe to log
	 * @param remoteAddress where it came from
	 * @param request the request, {@code null} if its head could not be read
	 */
	record Refusal(RefusalCause cause, int status, String detail, InetSocketAddress remoteAddress,
			@Nullable UpgradeRequest request) {

	}

	/** The rule by which a connection or an upgrade request was refused. */
	enum RefusalCause {

		/** The head was not a correct upgrade request. */
		MALFORMED,

		/** Request line or headers were too large or too many. */
		HEAD_TOO_LARGE,

		/** The TLS handshake failed; there was no answer. */
		TLS,

		/** The head did not arrive in time. */
		HANDSHAKE_TIMEOUT,

		/** No endpoint has this path. */
		NO_ENDPOINT,

		/** The page's origin is not allowed. */
		ORIGIN,

		/** The token is missing or wrong. */
		AUTHENTICATION,

		/** There are too many connections in all. */
		CONNECTIONS,

		/** There are too many connections from this address. */
		CONNECTIONS_PER_ADDRESS,

		/** There are too many sessions of this user. */
		CONNECTIONS_PER_USER,

		/** The server is shutting down. */
		SHUTTING_DOWN,

		/** The endpoint's own handshake method said no. */
		HANDLER,

		/** The endpoint's own handshake method failed. */
		HANDLER_FAILED

	}

	/** The limit or rule of ours that ended a session. */
	enum CloseCause {

		/** The peer broke RFC 6455. */
		PROTOCOL,

		/** A message, frame or number of fragments was too big. */
		MESSAGE_TOO_BIG,

		/** No sign of life after a ping. */
		HEARTBEAT,

		/** No message for too long. */
		IDLE,

		/** The peer reads too slowly: no room in the outbound queue. */
		OUTBOUND_QUEUE,

		/** The peer reads too slowly: the socket took nothing for too long. */
		SEND_TIMEOUT,

		/** The token's time is over. */
		TOKEN_EXPIRED,

		/** A handler failed. */
		HANDLER_FAILED,

		/** The server is shutting down. */
		SHUTDOWN

	}

}
