package io.github.wsspring.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Notices handlers that hold their event loop, and tells the listener while they do.
 * <p>
 * A thread looks at all loops every {@value #PERIOD_MILLIS} ms; it runs only if there are
 * handlers that are called on event loops. A handler that is in the same call whenever it
 * looks has held the loop for all the time in between.
 */
final class LoopWatchdog {

	/** How long a handler may hold its loop. */
	static final long LIMIT_MILLIS = 100;

	private static final long PERIOD_MILLIS = 50;

	/**
	 * Between two looks the whole process may have been stopped, not so between three.
	 */
	private static final int MIN_LOOKS = 3;

	private final ServerListener listener;

	private final List<Watch> watches = new CopyOnWriteArrayList<>();

	/** Whether to look at all. */
	private boolean on;

	private @Nullable Thread thread;

	LoopWatchdog(ServerListener listener) {
		this.listener = listener;
	}

	/**
	 * Begins to watch a loop, or goes on.
	 * @param loop the loop, which is the caller
	 * @return where to say what the loop does
	 */
	Watch watch(EventLoop loop) {
		for (Watch watch : this.watches) {
			if (watch.loop == loop) {
				return watch;
			}
		}
		Watch watch = new Watch(loop);
		this.watches.add(watch);
		startThread();
		return watch;
	}

	/**
	 * Begins to look as soon as there is something to look at.
	 */
	synchronized void start() {
		this.on = true;
		if (!this.watches.isEmpty()) {
			startThread();
		}
	}

	private synchronized void startThread() {
		if (this.on && this.thread == null) {
			this.thread = new Thread(this::run, "ws-watchdog");
			this.thread.setDaemon(true);
			this.thread.start();
		}
	}

	synchronized void stop() {
		this.on = false;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	private void run() {
		try {
			while (true) {
				TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
				for (Watch watch : this.watches) {
					look(watch);
				}
			}
		}
		catch (InterruptedException ex) {
			// the server has stopped
		}
	}

	private void look(Watch watch) {
		LiveSession session = watch.look(System.nanoTime());
		if (session == null) {
			return;
		}
		try {
			List<StackTraceElement> stack = List.of(watch.loop.stackTrace());
			// if it has gone on meanwhile, the stack says nothing
			String method = watch.isStillInTheSameCall() ? session.endpoint().handler().methodIn(stack) : null;
			this.listener.loopHeld(session, method, watch.heldMillis());
		}
		catch (Throwable ex) {
			this.listener.engineFailed("looking for what holds an event loop", ex);
		}
	}

	/**
	 * What a loop is doing: written by the loop, read by the watchdog.
	 */
	static final class Watch {

		private static final VarHandle CHANGES;

		private static final VarHandle SESSION;

		static {
			try {
				MethodHandles.Lookup lookup = MethodHandles.lookup();
				CHANGES = lookup.findVarHandle(Watch.class, "changes", long.class);
				SESSION = lookup.findVarHandle(Watch.class, "session", LiveSession.class);
			}
			catch (ReflectiveOperationException ex) {
				throw new ExceptionInInitializerError(ex);
			}
		}

		private final EventLoop loop;

		/** Whose handler is being called, {@code null} for nobody's. */
		private @Nullable LiveSession session;

		/**
		 * Raised before each change of the session, so that who sees the change sees
		 * this, too.
		 */
		private long changes;

		private long changesSeen;

		private long firstSeen;

		private long lastSeen;

		private int looks;

		Watch(EventLoop loop) {
			this.loop = loop;
		}

		/**
		 * A handler is about to be called.
		 * @param session the session that it is called for, {@code null} if it has
		 * returned to nobody
		 * @return whose handler had been called until now, to be set again afterwards
		 */
		@Nullable LiveSession change(@Nullable LiveSession session) {
			LiveSession before = this.session;
			CHANGES.setOpaque(this, this.changes + 1);
			SESSION.setRelease(this, session);
			return before;
		}

		/** Returns a session if its handler is to be reported now. */
		private @Nullable LiveSession look(long now) {
			long changesNow = (long) CHANGES.getOpaque(this);
			if (changesNow != this.changesSeen) {
				this.changesSeen = changesNow;
				this.firstSeen = now;
				this.looks = 0;
			}
			this.lastSeen = now;
			this.looks++;
			if (this.looks < MIN_LOOKS || heldMillis() < LIMIT_MILLIS) {
				return null;
			}
			// once for each call
			this.looks = Integer.MIN_VALUE;
			LiveSession session = (LiveSession) SESSION.getAcquire(this);
			return isStillInTheSameCall() ? session : null;
		}

		private long heldMillis() {
			return TimeUnit.NANOSECONDS.toMillis(this.lastSeen - this.firstSeen);
		}

		private boolean isStillInTheSameCall() {
			return (long) CHANGES.getOpaque(this) == this.changesSeen;
		}

	}

}
