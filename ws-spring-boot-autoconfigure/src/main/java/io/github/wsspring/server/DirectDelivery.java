package io.github.wsspring.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Delivers items on the event loop itself, at once. Items wait only while a stage that
 * the handler returned is not complete. Belongs to the event loop.
 */
final class DirectDelivery implements Delivery {

	private final LoopWatchdog.Watch watch;

	private final OpenPhase phase;

	private final int capacity;

	/**
	 * What waits for a stage, possibly nothing yet; {@code null} if there is no stage.
	 */
	private @Nullable Queue<Object> waiting;

	private boolean full;

	DirectDelivery(OpenPhase phase, int capacity, LoopWatchdog.Watch watch) {
		this.phase = phase;
		this.capacity = capacity;
		this.watch = watch;
	}

	@Override
	public void deliver(Object item) {
		if (this.waiting != null) {
			this.waiting.add(item);
		}
		else {
			invoke(item);
		}
	}

	/** Returns whether the next item may follow at once. */
	private boolean invoke(Object item) {
		CompletionStage<?> stage = Invoker.invoke(this.phase, item, this.watch);
		if (stage == null) {
			return true;
		}
		if (this.waiting == null) {
			this.waiting = new ArrayDeque<>();
		}
		stage.whenComplete((value, failure) -> this.phase.onLoop(() -> resume(failure)));
		return false;
	}

	private void resume(@Nullable Throwable failure) {
		if (failure != null) {
			Invoker.failed(this.phase, failure);
		}
		deliverWaiting();
		if (this.full && size() <= this.capacity / 2) {
			this.full = false;
			this.phase.resumeReading();
		}
	}

	private void deliverWaiting() {
		while (this.waiting != null) {
			Object item = this.waiting.poll();
			if (item == null) {
				this.waiting = null;
			}
			else if (!invoke(item)) {
				return;
			}
		}
	}

	private int size() {
		return (this.waiting != null) ? this.waiting.size() : 0;
	}

	@Override
	public boolean isFull() {
		this.full = size() >= this.capacity;
		return this.full;
	}

	@Override
	public String toString() {
		return size() + " waiting";
	}

}
