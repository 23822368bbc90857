package io.github.wsspring.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Delivers several messages of a session at a time, for endpoints that ask for it.
 * <p>
 * Messages begin in the order in which they arrived. What opens and ends the session, and
 * what the engine itself wants to be done in between, has its turn alone: after all
 * before it are done, and before all that follow begin. Belongs to the event loop.
 */
final class ConcurrentDelivery implements Delivery {

	private final Queue<Object> waiting = new ArrayDeque<>();

	private final LoopWatchdog.@Nullable Watch watch;

	private final OpenPhase phase;

	private final Executor executor;

	private final int concurrency;

	private final int capacity;

	private int running;

	/** Whether what is running has to run alone. */
	private boolean alone;

	private boolean full;

	ConcurrentDelivery(OpenPhase phase, Executor executor, int concurrency, int capacity,
			LoopWatchdog.@Nullable Watch watch) {
		this.phase = phase;
		this.executor = executor;
		this.concurrency = concurrency;
		this.capacity = capacity;
		this.watch = watch;
	}

	@Override
	public void deliver(Object item) {
		this.waiting.add(item);
		start();
	}

	private void start() {
		Object item = this.waiting.peek();
		while (item != null && mayStart(item)) {
			if (!execute(item)) {
				// the session will end, and its last item brings another chance
				return;
			}
			this.waiting.remove();
			this.running++;
			this.alone = !isMessage(item);
			item = this.waiting.peek();
		}
	}

	private boolean mayStart(Object item) {
		return this.running == 0 || (!this.alone && isMessage(item) && this.running < this.concurrency);
	}

	private static boolean isMessage(Object item) {
		return item instanceof String || item instanceof byte[] || item instanceof MessageStream;
	}

	private boolean execute(Object item) {
		try {
			this.executor.execute(() -> invoke(item));
			return true;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			this.phase.deliveryFailed(ex);
			return false;
		}
	}

	/** On the executor. */
	private void invoke(Object item) {
		CompletionStage<?> stage = (this.watch != null) ? Invoker.invoke(this.phase, item, this.watch)
				: Invoker.invoke(this.phase, item);
		if (stage != null) {
			stage.whenComplete((value, failure) -> done(failure));
		}
		else {
			done(null);
		}
	}

	private void done(@Nullable Throwable failure) {
		if (failure != null) {
			Invoker.failed(this.phase, failure);
		}
		this.phase.later(this::next);
	}

	private void next() {
		this.running--;
		start();
		if (this.full && pending() <= this.capacity / 2) {
			this.full = false;
			this.phase.resumeReading();
		}
	}

	private int pending() {
		return this.waiting.size() + this.running;
	}

	@Override
	public boolean isFull() {
		this.full = pending() >= this.capacity;
		return this.full;
	}

	@Override
	public String toString() {
		return this.running + " running, " + this.waiting.size() + " waiting";
	}

}
