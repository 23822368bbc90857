package io.github.wsspring.server;

import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Delivers items on an executor: filled by the event loop, emptied by one task at a time.
 * <p>
 * The number of pending items includes the one that the handler works on. Who raises it
 * from zero starts the task; the task ends when it lowers it to zero.
 */
final class Mailbox implements Delivery, Runnable {

	/** After so many items a task lets others have its thread. */
	private static final int MAX_BATCH = 64;

	private final Queue<Object> items = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	private final Invoker invoker;

	private final OpenPhase phase;

	private final Handover handover;

	private final int capacity;

	/** Whether the loop has been told to stop reading. */
	private volatile boolean full;

	/** Whether items wait although no task is under way. */
	private volatile boolean stranded;

	Mailbox(Invoker invoker, OpenPhase phase, Handover handover, int capacity) {
		this.invoker = invoker;
		this.phase = phase;
		this.handover = handover;
		this.capacity = capacity;
	}

	@Override
	public void deliver(Object item) {
		this.items.add(item);
		if (this.pending.getAndIncrement() == 0 || this.stranded) {
			this.stranded = false;
			this.handover.add(this);
		}
	}

	/** On whatever thread. */
	private void restart() {
		try {
			this.handover.executor().execute(this);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			rejected(ex);
		}
	}

	/**
	 * The executor does not want to empty this mailbox.
	 * @param failure what it said
	 */
	void rejected(Throwable failure) {
		// the session will end, and its last item brings another chance
		this.stranded = true;
		this.phase.deliveryFailed(failure);
	}

	@Override
	public boolean isFull() {
		if (this.pending.get() < this.capacity) {
			return false;
		}
		this.full = true;
		// the task may have finished before it could see this
		return !hasRoomAgain(this.pending.get());
	}

	@Override
	public void run() {
		for (int i = 0; i < MAX_BATCH; i++) {
			Object item = this.items.poll();
			if (item == null) {
				throw new IllegalStateException("An item is pending but not there");
			}
			CompletionStage<?> stage = this.invoker.invoke(item);
			if (stage != null) {
				stage.whenComplete((value, failure) -> resume(failure));
				return;
			}
			if (!next()) {
				return;
			}
		}
		restart();
	}

	private void resume(@Nullable Throwable failure) {
		if (failure != null) {
			this.invoker.failed(failure);
		}
		if (next()) {
			restart();
		}
	}

	private boolean next() {
		int left = this.pending.decrementAndGet();
		if (this.full && hasRoomAgain(left)) {
			this.phase.resumeReading();
		}
		return left > 0;
	}

	private boolean hasRoomAgain(int pending) {
		if (pending > this.capacity / 2) {
			return false;
		}
		this.full = false;
		return true;
	}

	@Override
	public String toString() {
		return this.pending + " pending";
	}

}
