package io.github.wsspring.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

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

	private static final VarHandle PENDING;

	static {
		try {
			PENDING = MethodHandles.lookup().findVarHandle(Mailbox.class, "pending", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final OpenPhase phase;

	private final Handover handover;

	private final int capacity;

	private volatile int pending;

	/**
	 * The item that came when nothing was pending: most sessions never need a queue.
	 */
	private @Nullable Object first;

	/** The items that came later. */
	private @Nullable Queue<Object> others;

	/** Whether the loop has been told to stop reading. */
	private volatile boolean full;

	/** Whether items wait although no task is under way. */
	private volatile boolean stranded;

	Mailbox(OpenPhase phase, Handover handover, int capacity) {
		this.phase = phase;
		this.handover = handover;
		this.capacity = capacity;
	}

	@Override
	public void deliver(Object item) {
		if (this.pending == 0) {
			// nobody but us is here, until the hand-over
			this.first = item;
			this.pending = 1;
			this.handover.add(this);
		}
		else {
			add(item);
		}
	}

	private void add(Object item) {
		if (this.others == null) {
			this.others = new ConcurrentLinkedQueue<>();
		}
		this.others.add(item);
		if ((int) PENDING.getAndAdd(this, 1) == 0 || this.stranded) {
			this.stranded = false;
			this.handover.add(this);
		}
	}

	/** There is one, as it is counted after it was added. */
	private Object take() {
		Object item = this.first;
		if (item != null) {
			this.first = null;
			return item;
		}
		return Objects.requireNonNull(Objects.requireNonNull(this.others).poll());
	}

	/** On whatever thread. */
	private void restart() {
		try {
			this.handover.executor().execute(this);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
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
		if (this.pending < this.capacity) {
			return false;
		}
		this.full = true;
		// the task may have finished before it could see this
		return !hasRoomAgain(this.pending);
	}

	@Override
	public void run() {
		for (int i = 0; i < MAX_BATCH; i++) {
			CompletionStage<?> stage = Invoker.invoke(this.phase, take());
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
			Invoker.failed(this.phase, failure);
		}
		if (next()) {
			restart();
		}
	}

	private boolean next() {
		int left = (int) PENDING.getAndAdd(this, -1) - 1;
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
