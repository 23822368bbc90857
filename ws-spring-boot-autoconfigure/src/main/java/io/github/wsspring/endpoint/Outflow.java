package io.github.wsspring.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;

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

	private volatile boolean over;

	private volatile Flow.@Nullable Subscription subscription;

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
		if (this.over) {
			subscription.cancel();
		}
		else {
			subscription.request(1);
		}
	}

	@Override
	public void onNext(Object value) {
		if (this.over) {
			return;
		}
		if (!this.session.isOpen()) {
			cancel();
			return;
		}
		try {
			CompletionStage<?> stage = this.target.send(value);
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
		if (subscription != null && !this.over) {
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
		if (!this.over) {
			cancel();
			this.target.failed(failure);
		}
	}

	/**
	 * Wants no more values. May be called from any thread.
	 */
	void cancel() {
		this.over = true;
		Flow.Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
		this.target.ended(this);
	}

	@Override
	public void onError(Throwable failure) {
		if (!this.over) {
			this.over = true;
			this.target.ended(this);
			this.target.failed(failure);
		}
	}

	@Override
	public void onComplete() {
		this.over = true;
		this.target.ended(this);
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
		 * There will be no more values because of a failure.
		 */
		void failed(Throwable failure);

		/**
		 * There will be no more values.
		 */
		void ended(Outflow outflow);

	}

}
