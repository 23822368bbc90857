package io.github.wsspring.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.wsspring.transport.EventLoop;

/**
 * Hands the mailboxes of one event loop to an executor, those of a turn together.
 * <p>
 * A thread that is woken for each message costs more than the message. So what became
 * ready in a turn is queued, and one task, a runner, works it off; what it sends goes
 * back to the loop together, too. If there is still something left after
 * {@link #PATIENCE_NANOS}, because a handler blocks or there is a lot to do, more runners
 * are started, twice as many each time. How many it took is remembered, so that handlers
 * which block all the time do not wait for that again. A runner that has worked for
 * {@link #MAX_WORK_NANOS} goes on behind all others that want a thread of the executor.
 * <p>
 * Belongs to the loop, but for {@link #executor()} and what the runners do.
 */
final class Handover implements EventLoop.Attendant {

	/** How long a batch may take before it gets another runner. */
	static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** So many mailboxes are handed over before the turn ends. */
	private static final int MAX_BATCH = 64;

	/** What a runner sends waits no longer than this while it works on. */
	private static final long MAX_DELAY_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	/** After working for so long a runner lets others have its thread. */
	private static final long MAX_WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** After so many batches in a row that were done in time, fewer runners will do. */
	private static final int CALM = 64;

	private static final int MAX_RUNNERS = 1 << 16;

	private final EventLoop loop;

	private final Executor executor;

	private final Queue<Mailbox> ready = new ConcurrentLinkedQueue<>();

	/** How many runners were started and have not ended. */
	private final AtomicInteger runners = new AtomicInteger();

	/** How many of them wait for a thread. */
	private final AtomicInteger awaited = new AtomicInteger();

	/** How many mailboxes the runners have taken. */
	private final AtomicLong taken = new AtomicLong();

	private long queued;

	/** How many of them have been seen by {@link #start}. */
	private long announced;

	/** How many runners may be started at once. */
	private int limit = 1;

	private int calm;

	/** When the runners were last looked after. */
	private long lookedAt;

	/** How many mailboxes had been handed over by then, and how many of them taken. */
	private long announcedThen;

	private long takenThen;

	Handover(EventLoop loop, Executor executor) {
		this.loop = loop;
		this.executor = executor;
	}

	/**
	 * Where mailboxes go that others than the loop want to be emptied.
	 */
	Executor executor() {
		return this.executor;
	}

	/**
	 * Has a mailbox emptied soon.
	 * @param mailbox the mailbox, whose task is not under way
	 */
	void add(Mailbox mailbox) {
		this.ready.add(mailbox);
		this.queued++;
		if (this.queued - this.announced >= MAX_BATCH) {
			start(this.loop.now());
		}
	}

	@Override
	public long turnEnds(long now) {
		if (this.queued != this.announced) {
			start(now);
		}
		// what waits without a runner had one that has just ended: it may begin again
		if (now - this.lookedAt >= PATIENCE_NANOS && (this.runners.get() > 0 || waiting() > 0)) {
			lookAfter(now);
		}
		// in this order: a runner becomes the courier before it takes something
		return (waiting() > 0 || this.loop.hasCourier()) ? PATIENCE_NANOS : Long.MAX_VALUE;
	}

	private long waiting() {
		return this.queued - this.taken.get();
	}

	private void start(long now) {
		this.announced = this.queued;
		if (this.runners.get() == 0) {
			remember(now, this.taken.get());
			if (this.limit > 1 && ++this.calm >= CALM) {
				this.calm = 0;
				this.limit /= 2;
			}
		}
		startRunners();
	}

	private void remember(long now, long taken) {
		this.lookedAt = now;
		this.announcedThen = this.announced;
		this.takenThen = taken;
	}

	private void lookAfter(long now) {
		long taken = this.taken.get();
		// what has come since then is not late, however much it is
		if (taken < this.announcedThen) {
			this.calm = 0;
			this.limit = Math.min(2 * this.limit, MAX_RUNNERS);
		}
		startRunners();
		if (taken == this.takenThen) {
			// a handler that takes its time may have sent something long ago
			this.loop.dismissCourier();
		}
		remember(now, taken);
	}

	private void startRunners() {
		long wanted = waiting() - this.awaited.get();
		for (int running = this.runners.get(); wanted > 0 && running < this.limit; wanted--) {
			running = this.runners.get() + 1;
			Throwable failure = execute(new Runner(null));
			if (failure != null) {
				if (this.runners.get() == 0) {
					reject(failure);
				}
				return;
			}
		}
	}

	/** Returns why the executor does not want it, {@code null} if it does. */
	private @Nullable Throwable execute(Runner runner) {
		this.runners.incrementAndGet();
		this.awaited.incrementAndGet();
		try {
			this.executor.execute(runner);
			return null;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			if (!runner.begins()) {
				// it was called at once, and this is its own failure
				throw ex;
			}
			this.runners.decrementAndGet();
			return ex;
		}
	}

	/** There is nobody who could take what waits. */
	private void reject(Throwable failure) {
		Queue<Mailbox> rejected = new ArrayDeque<>();
		for (Mailbox mailbox = take(); mailbox != null; mailbox = take()) {
			rejected.add(mailbox);
		}
		rejected.forEach((mailbox) -> mailbox.rejected(failure));
	}

	private @Nullable Mailbox take() {
		Mailbox mailbox = this.ready.poll();
		if (mailbox != null) {
			this.taken.incrementAndGet();
		}
		return mailbox;
	}

	/** On the executor. */
	private void run() {
		do {
			try {
				work();
			}
			finally {
				this.runners.decrementAndGet();
			}
			// what was added after the last look at it, by a loop that counted on us
		}
		while (!this.ready.isEmpty() && this.runners.compareAndSet(0, 1));
	}

	private void work() {
		boolean courier = this.loop.becomeCourier();
		try {
			long begun = System.nanoTime();
			long nudged = begun;
			for (Mailbox mailbox = take(); mailbox != null; mailbox = take()) {
				mailbox.run();
				courier = this.loop.becomeCourier();
				long now = System.nanoTime();
				if (now - nudged >= MAX_DELAY_NANOS) {
					nudged = now;
					this.loop.nudge();
				}
				if (now - begun >= MAX_WORK_NANOS) {
					begun = now;
					if (!this.ready.isEmpty() && handOn()) {
						return;
					}
				}
			}
		}
		finally {
			if (courier) {
				this.loop.endCourier();
			}
		}
	}

	/**
	 * Goes on behind all others that want a thread of the executor.
	 * @return {@code false} if that means here and now
	 */
	private boolean handOn() {
		Runner next = new Runner(Thread.currentThread());
		if (execute(next) != null) {
			return false;
		}
		next.predecessor = null;
		if (next.calledBack) {
			next.begins();
			this.runners.decrementAndGet();
		}
		return !next.calledBack;
	}

	@Override
	public String toString() {
		return waiting() + " waiting, " + this.runners + " of " + this.limit + " runners";
	}

	/** A task for the executor. */
	private final class Runner implements Runnable {

		private final AtomicBoolean begun = new AtomicBoolean();

		/**
		 * Who hands on to this one, and has no use for it on the same thread. Others may
		 * see it or not, they are not that thread.
		 */
		private @Nullable Thread predecessor;

		/** Whether it was called on that thread while that was handing on. */
		private boolean calledBack;

		Runner(@Nullable Thread predecessor) {
			this.predecessor = predecessor;
		}

		/** Returns whether this waited for a thread until now. */
		private boolean begins() {
			if (!this.begun.compareAndSet(false, true)) {
				return false;
			}
			Handover.this.awaited.decrementAndGet();
			return true;
		}

		@Override
		public void run() {
			if (Thread.currentThread() == this.predecessor) {
				this.calledBack = true;
			}
			else if (begins()) {
				Handover.this.run();
			}
		}

	}

}
