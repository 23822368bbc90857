package io.github.wsspring.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Serves many connections on one thread: select until the next sweep, serve keys, run
 * tasks, flush touched members, call attendants, sweep.
 * <p>
 * Belongs to its thread, but for {@link #execute}, {@link #inLoop}, {@link #stackTrace},
 * {@link #close} and what a courier calls: {@link #becomeCourier}, {@link #nudge} and
 * {@link #endCourier}. A turn can be run by hand with {@link #turn}, so that tests need
 * no thread.
 */
public final class EventLoop implements Executor {

	/** How many bytes are read from or written to a socket at once. */
	public static final int BUFFER_SIZE = 64 * 1024;

	/** How many tasks run in one turn before sockets are served again. */
	private static final int MAX_TASKS = 4096;

	/** After so many selects in a row that return at once and empty, epoll is broken. */
	private static final int MAX_EMPTY_SELECTS = 512;

	private static final int MIN_SWEEP_MILLIS = 20;

	private static final int LONG_PAUSE_SECONDS = 5;

	private final SelectorSource selectors;

	private final LongSupplier clock;

	private final long sweepNanos;

	private final BiConsumer<String, Throwable> failures;

	private final ByteBuffer readBuffer = ByteBuffer.allocate(BUFFER_SIZE);

	private final OutputBuffers outputBuffers = new OutputBuffers(BUFFER_SIZE);

	private @Nullable TlsBuffers tlsBuffers;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** True from before the last look at the tasks until the selector returns. */
	private final AtomicBoolean asleep = new AtomicBoolean();

	private final Members members = new Members((member, failure) -> report("sweeping", member, failure));

	private final List<Attendant> attendants = new ArrayList<>();

	/** How long the attendants let the next turn wait. */
	private long patience = Long.MAX_VALUE;

	/** A thread whose tasks come in numbers and need not wake the loop at once. */
	private final AtomicReference<@Nullable Thread> courier = new AtomicReference<>();

	private List<LoopMember> touched = new ArrayList<>();

	private List<LoopMember> flushing = new ArrayList<>();

	private final Departures departures = new Departures();

	private Selector selector;

	private @Nullable Thread thread;

	private long now;

	private long nextSweep;

	/** True from before a select until its first key is served. */
	private boolean drowsy;

	private int emptySelects;

	/** Whether the last sweep came much later than planned. */
	private boolean afterPause;

	private volatile boolean closing;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	/**
	 * Creates a loop that nobody runs yet.
	 * @param sweepNanos how often its members' times are looked at, in nanoseconds
	 * @param failures told what failed that nobody else could be told
	 * @throws IOException if there are no descriptors left for its selector
	 */
	public EventLoop(long sweepNanos, BiConsumer<String, Throwable> failures) throws IOException {
		this(sweepNanos, failures, Selector::open, System::nanoTime);
	}

	EventLoop(long sweepNanos, BiConsumer<String, Throwable> failures, SelectorSource selectors, LongSupplier clock)
			throws IOException {
		this.sweepNanos = sweepNanos;
		this.failures = failures;
		this.selectors = selectors;
		this.clock = clock;
		this.selector = selectors.open();
		this.now = clock.getAsLong();
		this.nextSweep = this.now;
	}

	/**
	 * Runs turns on a thread of its own until {@link #close()} is called.
	 * @param name the thread's name
	 */
	public void start(String name) {
		Thread thread = new Thread(this::run, name);
		thread.setDaemon(true);
		this.thread = thread;
		thread.start();
	}

	private void run() {
		while (!this.closing) {
			try {
				turn(Long.MAX_VALUE);
			}
			catch (Throwable ex) {
				report("turning", ex);
			}
		}
		runTasks();
		attend();
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			report("closing a selector", ex);
		}
		this.departures.beforeSelect();
		this.departures.afterSelect();
		this.ended.complete(null);
	}

	/**
	 * Runs one turn on the calling thread, which thereby becomes the loop's thread.
	 * @param maxWaitNanos how long to wait for something to do
	 */
	public void turn(long maxWaitNanos) {
		if (this.thread == null) {
			this.thread = Thread.currentThread();
		}
		// a handler may have left its interrupt here: select would return at once for
		// ever
		Thread.interrupted();
		select(maxWaitNanos);
		runTasks();
		flushTouched();
		attend();
		if (this.now - this.nextSweep >= 0) {
			sweep();
		}
	}

	private void select(long maxWaitNanos) {
		long begin = this.clock.getAsLong();
		long wait = Math.min(Math.min(maxWaitNanos, this.patience), this.nextSweep - begin);
		this.asleep.set(true);
		this.drowsy = true;
		this.departures.beforeSelect();
		boolean busy = wait <= 0 || !this.tasks.isEmpty() || !this.touched.isEmpty() || this.closing
				|| this.departures.areMany();
		try {
			int served = busy ? this.selector.selectNow(this::serve)
					: this.selector.select(this::serve, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
			boolean awakened = served > 0 || !this.asleep.get();
			wakeUp();
			countEmptySelects(!busy && !awakened && this.now - begin < wait / 2);
		}
		catch (IOException | RuntimeException ex) {
			wakeUp();
			report("selecting", ex);
			rebuildSelector();
		}
		this.departures.afterSelect();
	}

	/**
	 * From here on the selector need not be woken for tasks, and it is another time.
	 */
	private void wakeUp() {
		this.drowsy = false;
		this.asleep.set(false);
		this.now = this.clock.getAsLong();
	}

	private void serve(SelectionKey key) {
		if (this.drowsy) {
			wakeUp();
		}
		Registration registration = (Registration) key.attachment();
		try {
			if (key.isValid()) {
				registration.ready(key.readyOps());
			}
		}
		catch (Throwable ex) {
			report("serving", registration, ex);
			registration.close();
		}
	}

	private void countEmptySelects(boolean empty) {
		this.emptySelects = empty ? this.emptySelects + 1 : 0;
		if (this.emptySelects > MAX_EMPTY_SELECTS) {
			rebuildSelector();
		}
	}

	private void rebuildSelector() {
		this.emptySelects = 0;
		Selector broken = this.selector;
		try {
			Selector fresh = this.selectors.open();
			for (SelectionKey key : List.copyOf(broken.keys())) {
				move(key, fresh);
			}
			this.selector = fresh;
			broken.close();
		}
		catch (IOException | RuntimeException ex) {
			report("replacing a selector", ex);
		}
	}

	private void move(SelectionKey key, Selector target) {
		Registration registration = (Registration) key.attachment();
		try {
			if (key.isValid()) {
				registration.moveTo(target);
			}
		}
		catch (IOException | RuntimeException ex) {
			report("moving", registration, ex);
			registration.close();
		}
	}

	/** Many connections live here, and one listener that fails must not end them. */
	private void report(String what, @Nullable Object subject, Throwable failure) {
		try {
			// not even this is certain while memory is short
			this.failures.accept((subject != null) ? what + " " + subject : what, failure);
		}
		catch (Throwable ex) {
			// there is nobody else to tell
		}
	}

	private void report(String what, Throwable failure) {
		report(what, null, failure);
	}

	private void runTasks() {
		Runnable task;
		for (int i = 0; i < MAX_TASKS && (task = this.tasks.poll()) != null; i++) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				report("running", task, ex);
			}
		}
	}

	private void flushTouched() {
		List<LoopMember> batch = this.touched;
		this.touched = this.flushing;
		this.flushing = batch;
		for (int i = 0; i < batch.size(); i++) {
			LoopMember member = batch.get(i);
			try {
				member.flush();
			}
			catch (Throwable ex) {
				report("flushing", member, ex);
			}
		}
		batch.clear();
	}

	private void attend() {
		this.patience = Long.MAX_VALUE;
		for (int i = 0; i < this.attendants.size(); i++) {
			try {
				this.patience = Math.min(this.patience, this.attendants.get(i).turnEnds(this.now));
			}
			catch (Throwable ex) {
				report("ending a turn", ex);
			}
		}
	}

	private void sweep() {
		this.afterPause = this.now - this.nextSweep > TimeUnit.SECONDS.toNanos(LONG_PAUSE_SECONDS);
		this.nextSweep = this.now + this.sweepNanos;
		if (this.afterPause) {
			this.members.hastenAll(this.now);
		}
		this.members.sweep(this.now);
	}

	/**
	 * Runs a task on the loop's thread, after those that were given before. May be called
	 * from any thread.
	 * @param task the task; must not block
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.asleep.get() && this.courier.get() != Thread.currentThread()) {
			awaken();
		}
	}

	/**
	 * Whether tasks wait to be run.
	 * @return {@code true} if something will run after what is running
	 */
	public boolean hasTasks() {
		return !this.tasks.isEmpty();
	}

	private void awaken() {
		if (this.asleep.compareAndSet(true, false)) {
			this.selector.wakeup();
		}
	}

	/**
	 * Lets the calling thread be the one whose tasks do not wake the loop, until it calls
	 * {@link #endCourier()} or the loop calls {@link #dismissCourier()}. It should call
	 * {@link #nudge()} now and then, and an {@link Attendant} has to see to it that the
	 * loop does not sleep for long in the meantime.
	 * @return {@code false} if another thread is the courier already
	 */
	public boolean becomeCourier() {
		Thread caller = Thread.currentThread();
		return this.courier.get() == caller || this.courier.compareAndSet(null, caller);
	}

	/**
	 * Ends what {@link #becomeCourier()} began, if it still lasts, and wakes the loop if
	 * there is something to do.
	 */
	public void endCourier() {
		this.courier.compareAndSet(Thread.currentThread(), null);
		nudge();
	}

	/**
	 * Has all tasks wake the loop again.
	 */
	public void dismissCourier() {
		assert inLoop();
		this.courier.set(null);
	}

	/**
	 * Whether there is a thread whose tasks do not wake the loop.
	 * @return {@code true} if the loop must not sleep for long
	 */
	public boolean hasCourier() {
		return this.courier.get() != null;
	}

	/**
	 * Wakes the loop if it sleeps although there are tasks. May be called from any
	 * thread.
	 */
	public void nudge() {
		if (this.asleep.get() && !this.tasks.isEmpty()) {
			awaken();
		}
	}

	/**
	 * Has somebody called at the end of each turn.
	 * @param attendant who is to be called
	 */
	public void attend(Attendant attendant) {
		assert inLoop();
		this.attendants.add(attendant);
	}

	/**
	 * Whether the caller is the loop's thread.
	 * @return {@code true} if it is
	 */
	public boolean inLoop() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * What the loop is doing. May be called from any thread.
	 * @return the stack of the loop's thread, the innermost frame first
	 */
	public StackTraceElement[] stackTrace() {
		Thread thread = this.thread;
		return (thread != null) ? thread.getStackTrace() : new StackTraceElement[0];
	}

	/**
	 * The time of this turn.
	 * @return nanoseconds on the clock of {@link System#nanoTime()}
	 */
	public long now() {
		return this.now;
	}

	/**
	 * Whether the present sweep came more than {@value #LONG_PAUSE_SECONDS} s later than
	 * planned: the process was stopped, or something held the loop. Such a sweep ticks
	 * all members.
	 * @return {@code true} if nobody should be judged by the clock at once
	 */
	public boolean isAfterPause() {
		return this.afterPause;
	}

	/**
	 * Has a member's tick called in the next sweep, because it may have to be earlier
	 * than the member has said: one of its times has changed.
	 * @param member the member; nothing happens if it is none, or no longer
	 */
	public void tickSoon(LoopMember member) {
		assert inLoop();
		this.members.hasten(member, this.now);
	}

	/**
	 * Has a sweep come at a certain time at the latest, but not before
	 * {@value #MIN_SWEEP_MILLIS} ms from now. Ticks only those whose time has come then.
	 * @param time a time in the terms of {@link #now()}
	 */
	public void sweepBy(long time) {
		long earliest = Math.max(time - this.now, TimeUnit.MILLISECONDS.toNanos(MIN_SWEEP_MILLIS));
		if (this.now + earliest - this.nextSweep < 0) {
			this.nextSweep = this.now + earliest;
		}
	}

	/**
	 * What bytes are read into, by one member at a time, for no longer than it is served.
	 * @return a buffer with an array, cleared
	 */
	public ByteBuffer readBuffer() {
		return this.readBuffer.clear();
	}

	/**
	 * A queue for what is to be written to one transport.
	 * @return an empty queue
	 */
	public WriteQueue newWriteQueue() {
		return new WriteQueue(this.outputBuffers);
	}

	Selector selector() {
		assert inLoop();
		return this.selector;
	}

	TlsBuffers tlsBuffers() {
		assert inLoop();
		if (this.tlsBuffers == null) {
			this.tlsBuffers = new TlsBuffers();
		}
		return this.tlsBuffers;
	}

	/**
	 * Lets go of a connection whose peer knows already that it is over, and closes it
	 * after the next select.
	 * @param key the connection's key
	 */
	void leave(SelectionKey key) {
		assert inLoop();
		this.departures.add(key);
	}

	SelectionKey register(ServerSocketChannel channel, Registration registration) throws IOException {
		assert inLoop();
		return channel.register(this.selector, SelectionKey.OP_ACCEPT, registration);
	}

	/**
	 * Makes a member part of the sweep, from the next one on.
	 * @param member the member
	 */
	public void add(LoopMember member) {
		assert inLoop();
		this.members.add(member, this.now);
	}

	/**
	 * Ends a membership.
	 * @param member a member
	 */
	public void remove(LoopMember member) {
		assert inLoop();
		this.members.remove(member);
	}

	/**
	 * Has {@link LoopMember#flush()} called at the end of this turn, or in the next one
	 * if this turn is flushing already.
	 * @param member the member, once a turn
	 */
	public void touch(LoopMember member) {
		assert inLoop();
		this.touched.add(member);
	}

	/**
	 * The members at present.
	 * @return a copy
	 */
	public List<LoopMember> members() {
		assert inLoop();
		return this.members.toList();
	}

	/**
	 * Ends the thread after the tasks that were given before. May be called from any
	 * thread. Members are not told.
	 * @return completed when the thread has nothing more to do
	 */
	public CompletableFuture<Void> close() {
		execute(() -> this.closing = true);
		return this.ended;
	}

	@Override
	public String toString() {
		return this.members.size() + " members" + (this.closing ? ", closing" : "");
	}

	/** What a selection key stands for. */
	interface Registration {

		void ready(int operations);

		void moveTo(Selector selector) throws IOException;

		void close();

	}

	/** Looks after something at the end of each turn. */
	@FunctionalInterface
	public interface Attendant {

		/**
		 * A turn ends: tasks were run, and connections flushed.
		 * @param now the time of this turn
		 * @return for how many nanoseconds the loop may sleep before it is called again
		 */
		long turnEnds(long now);

	}

	/** Where selectors come from. */
	@FunctionalInterface
	interface SelectorSource {

		Selector open() throws IOException;

	}

}
