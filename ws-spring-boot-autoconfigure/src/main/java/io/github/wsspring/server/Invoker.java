package io.github.wsspring.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Calls a session's handler with one item, and ends the session if that fails.
 */
final class Invoker {

	/** The item that opens the session. */
	static final Object OPEN = new Object();

	private Invoker() {
	}

	/**
	 * Calls the handler on the event loop, while somebody watches. Never throws.
	 * @param phase the session's phase
	 * @param item as at {@link #invoke(OpenPhase, Object)}
	 * @param watch who wants to know of it
	 * @return what to wait for before the next item, {@code null} for nothing
	 */
	static @Nullable CompletionStage<?> invoke(OpenPhase phase, Object item, LoopWatchdog.Watch watch) {
		LiveSession before = watch.change(phase.session());
		try {
			return invoke(phase, item);
		}
		finally {
			watch.change(before);
		}
	}

	/**
	 * Calls the handler. Never throws.
	 * @param phase the session's phase
	 * @param item a {@code String}, {@code byte[]}, {@link MessageStream}, {@link #OPEN},
	 * {@link Pong}, {@link SessionCall}, {@link Closed} or {@code Runnable}
	 * @return what to wait for before the next item, {@code null} for nothing
	 */
	static @Nullable CompletionStage<?> invoke(OpenPhase phase, Object item) {
		LiveSession session = phase.session();
		try {
			if (item instanceof Runnable task) {
				task.run();
				return null;
			}
			if (item instanceof Closed closed) {
				tellOfEnd(phase, closed.status());
				return null;
			}
			return session.takesMessages() ? unlessDone(call(session, item)) : null;
		}
		catch (Throwable ex) {
			failed(phase, ex);
			return null;
		}
	}

	private static void tellOfEnd(OpenPhase phase, CloseStatus status) throws Exception {
		try {
			handlerOf(phase.session()).onClose(phase.session(), status);
		}
		finally {
			phase.handlerDone();
		}
	}

	private static SessionHandler handlerOf(LiveSession session) {
		return session.endpoint().handler();
	}

	private static @Nullable CompletionStage<?> call(LiveSession session, Object item) throws Exception {
		SessionHandler handler = handlerOf(session);
		if (item instanceof String text) {
			return handler.onText(session, text);
		}
		if (item instanceof byte[] data) {
			return handler.onBinary(session, data);
		}
		if (item instanceof Pong pong) {
			return handler.onPong(session, pong.payload());
		}
		if (item instanceof SessionCall call) {
			return call.call();
		}
		if (item instanceof MessageStream message) {
			return stream(session, message);
		}
		return handler.onOpen(session);
	}

	private static @Nullable CompletionStage<?> stream(LiveSession session, MessageStream message) throws Exception {
		CompletionStage<?> stage;
		try {
			stage = handlerOf(session).onStream(session, message);
		}
		catch (Throwable ex) {
			message.over();
			if (IncompleteMessageException.isCauseOf(ex, message)) {
				// the session is ending already, for a reason of its own
				return null;
			}
			throw ex;
		}
		if (stage == null) {
			message.over();
			return null;
		}
		return stage.handle((@Nullable Object value, @Nullable Throwable failure) -> {
			message.over();
			if (failure != null && !IncompleteMessageException.isCauseOf(failure, message)) {
				throw (failure instanceof CompletionException ex) ? ex : new CompletionException(failure);
			}
			return null;
		});
	}

	/**
	 * A stage that is complete need not be waited for, but may have failed. Minimal
	 * stages are futures as well, but cannot be asked.
	 */
	private static @Nullable CompletionStage<?> unlessDone(@Nullable CompletionStage<?> stage) {
		if (stage instanceof CompletableFuture<?> future && future.getClass() == CompletableFuture.class
				&& future.isDone()) {
			future.join();
			return null;
		}
		return stage;
	}

	/**
	 * The handler failed, now or later.
	 * @param phase the session's phase
	 * @param failure what was thrown
	 */
	static void failed(OpenPhase phase, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		phase.handlerFailed(cause);
	}

	/** The item that ends the session. */
	record Closed(CloseStatus status) {

	}

	/** A pong that the handler wants to see. */
	record Pong(byte[] payload) {

	}

}
