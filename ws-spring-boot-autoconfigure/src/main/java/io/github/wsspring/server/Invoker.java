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

	private final LiveSession session;

	private final SessionHandler handler;

	private final OpenPhase phase;

	/** Who wants to know of calls on the event loop. */
	private final LoopWatchdog.@Nullable Watch watch;

	Invoker(LiveSession session, SessionHandler handler, OpenPhase phase, LoopWatchdog.@Nullable Watch watch) {
		this.session = session;
		this.handler = handler;
		this.phase = phase;
		this.watch = watch;
	}

	/**
	 * Calls the handler. Never throws.
	 * @param item a {@code String}, {@code byte[]}, {@link MessageStream}, {@link #OPEN},
	 * {@link Pong}, {@link SessionCall}, {@link Closed} or {@code Runnable}
	 * @return what to wait for before the next item, {@code null} for nothing
	 */
	@Nullable CompletionStage<?> invoke(Object item) {
		if (this.watch == null) {
			return invokeUnwatched(item);
		}
		LiveSession before = this.watch.change(this.session);
		try {
			return invokeUnwatched(item);
		}
		finally {
			this.watch.change(before);
		}
	}

	private @Nullable CompletionStage<?> invokeUnwatched(Object item) {
		try {
			if (item instanceof Runnable task) {
				task.run();
				return null;
			}
			if (item instanceof Closed closed) {
				tellOfEnd(closed.status());
				return null;
			}
			return this.session.takesMessages() ? unlessDone(call(item)) : null;
		}
		catch (Throwable ex) {
			failed(ex);
			return null;
		}
	}

	private void tellOfEnd(CloseStatus status) throws Exception {
		try {
			this.handler.onClose(this.session, status);
		}
		finally {
			this.phase.handlerDone();
		}
	}

	private @Nullable CompletionStage<?> call(Object item) throws Exception {
		if (item instanceof String text) {
			return this.handler.onText(this.session, text);
		}
		if (item instanceof byte[] data) {
			return this.handler.onBinary(this.session, data);
		}
		if (item instanceof Pong pong) {
			return this.handler.onPong(this.session, pong.payload());
		}
		if (item instanceof SessionCall call) {
			return call.call();
		}
		if (item instanceof MessageStream message) {
			return stream(message);
		}
		return this.handler.onOpen(this.session);
	}

	private @Nullable CompletionStage<?> stream(MessageStream message) throws Exception {
		CompletionStage<?> stage;
		try {
			stage = this.handler.onStream(this.session, message);
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
	 * @param failure what was thrown
	 */
	void failed(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		this.phase.handlerFailed(cause);
	}

	/** The item that ends the session. */
	record Closed(CloseStatus status) {

	}

	/** A pong that the handler wants to see. */
	record Pong(byte[] payload) {

	}

}
