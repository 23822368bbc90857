package io.github.wsspring.context;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.Session;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log line for each refusal, each session that a rule of ours ended, and each
 * failure: what happened, the values, and the property to change.
 * <p>
 * At most ten lines of a kind are written within ten seconds; the others are counted, and
 * the first line after that says how many they were. Query strings, tokens and messages
 * are never logged.
 */
public final class LoggingServerListener implements ServerListener {

	static final int LIMIT = 10;

	static final Duration WINDOW = Duration.ofSeconds(10);

	private final Log logger;

	private final LogLimiter limiter;

	/** Creates a listener that logs under the name of this class. */
	public LoggingServerListener() {
		this(LogFactory.getLog(LoggingServerListener.class), new LogLimiter(LIMIT, WINDOW, System::nanoTime));
	}

	LoggingServerListener(Log logger, LogLimiter limiter) {
		this.logger = logger;
		this.limiter = limiter;
	}

	@Override
	public void refused(Refusal refusal) {
		// handlerFailed has its line, with the stack trace.
		if (refusal.cause() != RefusalCause.HANDLER_FAILED) {
			log(refusal.cause(), refusal.cause() != RefusalCause.SHUTTING_DOWN, () -> describe(refusal), null);
		}
	}

	@Override
	public void closed(Session session, CloseStatus status, @Nullable CloseCause cause) {
		if (cause != null && cause != CloseCause.HANDLER_FAILED) {
			log(cause, cause != CloseCause.SHUTDOWN, () -> describe(session, status, cause), null);
		}
	}

	@Override
	public void handlerFailed(Endpoint endpoint, @Nullable Session session, Throwable failure) {
		log(Failure.HANDLER, true, () -> "A handler of endpoint '" + endpoint.id() + "' failed "
				+ ((session != null) ? "in session " + session.id() : "during a handshake"), failure);
	}

	@Override
	public void loopHeld(Session session, @Nullable String method, long millis) {
		log(Failure.LOOP_HELD, true,
				() -> ((method != null) ? method : "A method") + " of endpoint '" + session.endpoint().id()
						+ "' has been holding an event loop for " + millis
						+ " ms, and all other sessions of that loop wait for it. Let it return at once, or remove "
						+ "execution = Execution.EVENT_LOOP from its @WsEndpoint",
				null);
	}

	@Override
	public void engineFailed(String what, Throwable failure) {
		log(Failure.ENGINE, true, () -> "The WebSocket engine failed, and goes on: " + what, failure);
	}

	private static String describe(Refusal refusal) {
		return "Refused " + ((refusal.request() != null) ? refusal.request() : "a connection") + " from "
				+ describe(refusal.remoteAddress()) + " with " + refusal.status() + ": " + refusal.detail()
				+ PropertyAdvice.of(refusal.cause());
	}

	private static String describe(Session session, CloseStatus status, CloseCause cause) {
		return "Ended session " + session.id() + " of endpoint '" + session.endpoint().id() + "' with "
				+ describe(session.remoteAddress()) + ", " + status + ": " + PropertyAdvice.reason(cause)
				+ PropertyAdvice.of(cause, session.endpoint().id());
	}

	// Without InetSocketAddress.toString(), which may hold a name that the peer chose.
	private static String describe(InetSocketAddress address) {
		return (address.getAddress() != null) ? address.getAddress().getHostAddress() + ":" + address.getPort()
				: "an unknown address";
	}

	private void log(Enum<?> kind, boolean warn, Supplier<String> line, @Nullable Throwable failure) {
		LogLimiter.Permit permit = this.limiter.ask(kind);
		if (!permit.granted()) {
			return;
		}
		if (permit.omitted() > 0) {
			log(warn, permit.omitted() + " more " + describe(kind) + " were not logged one by one", null);
		}
		log(warn, permit.last() ? line.get() + " [more " + describe(kind) + " are only counted for up to "
				+ WINDOW.toSeconds() + " seconds]" : line.get(), failure);
	}

	private void log(boolean warn, String line, @Nullable Throwable failure) {
		if (failure != null) {
			this.logger.error(line, failure);
		}
		else if (warn) {
			this.logger.warn(line);
		}
		else {
			this.logger.info(line);
		}
	}

	private static String describe(Enum<?> kind) {
		String kinds = (kind instanceof RefusalCause) ? "refusals" : (kind instanceof CloseCause) ? "ends" : "failures";
		return kinds + " of the kind " + kind;
	}

	private enum Failure {

		HANDLER, LOOP_HELD, ENGINE

	}

}
