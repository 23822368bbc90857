package io.github.wsspring.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.wsspring.server.Session;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way to a session: asks for the next one when the last one was sent and
 * the socket keeps up.
 * <p>
 * The publisher is subscribed to and asked on the endpoint's executor, never in the midst
 * of a handler's call: the session's next message does not wait for it.
 */
final class Outflow implements Flow.Subscriber<Object> {

	/** After so many values in a row others have the thread. */
	private static final int MAX_BATCH = 64;

	private final Session session;

	private final Target target;

	private final AtomicBoolean over = new AtomicBoolean();

	private volatile Flow.@Nullable Subscription subscription;

	/** What the last value is waited for with. */
	private @Nullable CompletionStage<?> last;

	private int batch;

	Outflow(Session session, Target target) {
		this.session = session;
		this.target = target;
	}

	/**
	 * Begins.
	 * @param publisher where the values come from
	 */
	void start(Flow.Publisher<?> publisher) {
		onExecutor(() -> {
			try {
				publisher.subscribe(this);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		});
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		if (this.subscription != null) {
			subscription.cancel();
			return;
		}
		this.subscription = subscription;
		if (this.over.get()) {
			subscription.cancel();
		}
		else {
			subscription.request(1);
		}
	}

	@Override
	public void onNext(Object value) {
		if (this.over.get()) {
			return;
		}
		if (!this.session.isOpen()) {
			cancel();
			return;
		}
		try {
			CompletionStage<?> stage = this.target.send(value);
			this.last = stage;
			if (stage == null) {
				next();
			}
			else {
				stage.whenComplete((sent, failure) -> sent(failure));
			}
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	private void sent(@Nullable Throwable failure) {
		if (failure != null) {
			fail(failure);
		}
		else {
			next();
		}
	}

	private void next() {
		CompletableFuture<Void> writable = this.target.pacer().whenWritable();
		this.batch++;
		if (!writable.isDone() || this.batch % MAX_BATCH == 0) {
			writable.whenComplete((done, failure) -> onExecutor(this::ask));
		}
		else {
			ask();
		}
	}

	private void ask() {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null && !this.over.get()) {
			subscription.request(1);
		}
	}

	private void onExecutor(Runnable task) {
		try {
			this.session.executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			fail(ex);
		}
	}

	private void fail(Throwable failure) {
		if (end()) {
			cancelSubscription();
			this.target.failed(failure);
		}
	}

	/**
	 * Wants no more values. May be called from any thread.
	 */
	void cancel() {
		if (end()) {
			cancelSubscription();
		}
	}

	private void cancelSubscription() {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	@Override
	public void onError(Throwable failure) {
		afterLast(failure);
	}

	@Override
	public void onComplete() {
		afterLast(null);
	}

	/** The last value may still be on its way. */
	private void afterLast(@Nullable Throwable failure) {
		CompletionStage<?> last = this.last;
		if (last == null) {
			finish(failure);
		}
		else {
			last.whenComplete((sent, thrown) -> finish((thrown != null) ? thrown : failure));
		}
	}

	private void finish(@Nullable Throwable failure) {
		if (!end()) {
			return;
		}
		if (failure != null) {
			this.target.failed(failure);
		}
		else {
			this.target.completed();
		}
	}

	/**
	 * Ends it for one reason, whatever else happens at the same time.
	 * @return {@code false} if it has ended before
	 */
	private boolean end() {
		if (!this.over.compareAndSet(false, true)) {
			return false;
		}
		this.target.ended(this);
		return true;
	}

	/**
	 * Where the values go.
	 */
	interface Target {

		/**
		 * Sends a value.
		 * @return {@code null} or a stage to wait for
		 */
		@Nullable CompletionStage<?> send(Object value);

		/**
		 * The session whose socket has to keep up.
		 */
		Session pacer();

		/**
		 * All values were sent.
		 */
		void completed();

		/**
		 * There will be no more values because of a failure.
		 */
		void failed(Throwable failure);

		/**
		 * There will be no more values, for whatever reason.
		 */
		void ended(Outflow outflow);

	}

}
