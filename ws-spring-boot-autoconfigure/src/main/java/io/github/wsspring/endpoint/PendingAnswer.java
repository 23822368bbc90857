package io.github.wsspring.endpoint;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.wsspring.server.Session;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a client that is to come.
 * <p>
 * It is read on the session's executor, as what depends on it may take its time, unless
 * somebody waits for it: so those who wait need no further thread, of which they may have
 * taken the last.
 *
 * @param <R> the type of the answer
 */
final class PendingAnswer<R> extends LoopAwareFuture<R> {

	private final Session session;

	private final Duration timeout;

	private final Function<String, @Nullable R> reader;

	/** Completed on the event loop, or by the timer. */
	private final CompletableFuture<String> text = new CompletableFuture<>();

	private final AtomicBoolean read = new AtomicBoolean();

	/**
	 * Begins to wait.
	 * @param session the session
	 * @param timeout for how long
	 * @param reader makes the answer of the client's text, or throws
	 */
	PendingAnswer(Session session, Duration timeout, Function<String, @Nullable R> reader) {
		super(session);
		this.session = session;
		this.timeout = timeout;
		this.reader = reader;
		this.text.orTimeout(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)
			.whenComplete((text, failure) -> readLater());
		// the application may complete it as well
		whenComplete((value, failure) -> this.text.cancel(false));
	}

	void arrived(String text) {
		this.text.complete(text);
	}

	void fail(Throwable failure) {
		this.text.completeExceptionally(failure);
	}

	private void readLater() {
		try {
			this.session.executor().execute(this::read);
		}
		catch (RejectedExecutionException ex) {
			read();
		}
	}

	private void read() {
		if (!this.read.compareAndSet(false, true)) {
			return;
		}
		try {
			complete(this.reader.apply(this.text.join()));
		}
		catch (CancellationException ex) {
			cancel(false);
		}
		catch (CompletionException ex) {
			completeExceptionally(reason(ex));
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
	}

	private Throwable reason(CompletionException ex) {
		Throwable cause = ex.getCause();
		return (cause instanceof TimeoutException) ? new RequestTimeoutException(this.timeout)
				: (cause != null) ? cause : ex;
	}

	@Override
	public R join() {
		checkLoop();
		if (!isDone()) {
			arrival().join();
			read();
		}
		return super.join();
	}

	@Override
	public R get() throws InterruptedException, ExecutionException {
		checkLoop();
		if (!isDone()) {
			arrival().get();
			read();
		}
		return super.get();
	}

	@Override
	public R get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		checkLoop();
		if (!isDone()) {
			arrival().get(timeout, unit);
			read();
		}
		return super.get(timeout, unit);
	}

	private CompletableFuture<Boolean> arrival() {
		return this.text.handle((text, failure) -> failure == null);
	}

}
