package io.github.wsspring.server;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import io.github.wsspring.transport.EventLoop;
import io.github.wsspring.transport.EventLoopGroup;
import io.github.wsspring.transport.LoopMember;

/**
 * Ends all connections of a server: close frames spread over a time, then patience until
 * all handlers know of the end, or the grace period is over. A member of each event loop.
 */
final class Drain {

	private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final ServerContext context;

	private final EventLoopGroup loops;

	private final Runnable whenDone;

	private final AtomicInteger busyLoops;

	Drain(ServerContext context, EventLoopGroup loops, Runnable whenDone) {
		this.context = context;
		this.loops = loops;
		this.whenDone = whenDone;
		this.busyLoops = new AtomicInteger(loops.loops().size());
	}

	void start() {
		for (EventLoop loop : this.loops.loops()) {
			loop.execute(() -> new LoopDrain(loop).begin());
		}
	}

	/**
	 * Drops all connections of a loop. To be called on it.
	 * @param loop the loop
	 */
	static void breakOff(EventLoop loop) {
		connections(loop).forEach(Connection::breakOff);
	}

	private static List<Connection> connections(EventLoop loop) {
		return loop.members().stream().filter(Connection.class::isInstance).map(Connection.class::cast).toList();
	}

	private void loopDone() {
		if (this.busyLoops.decrementAndGet() == 0) {
			this.whenDone.run();
		}
	}

	/** The part of one loop. */
	private final class LoopDrain implements LoopMember {

		private final EventLoop loop;

		private final List<Connection> connections;

		private final long begin;

		private int told;

		private int slot;

		LoopDrain(EventLoop loop) {
			this.loop = loop;
			this.begin = loop.now();
			this.connections = connections(loop);
		}

		void begin() {
			this.loop.add(this);
			tick(this.begin);
		}

		@Override
		public long tick(long now) {
			ShutdownOptions options = Drain.this.context.options().shutdown();
			tell(now - this.begin, Durations.nanos(options.spread()), options.closeStatus());
			boolean overdue = now - this.begin >= Durations.nanos(options.gracePeriod());
			if (overdue) {
				breakOff(this.loop);
			}
			if (overdue || (connections(this.loop).isEmpty() && Drain.this.context.admission().sessions() == 0)) {
				this.loop.remove(this);
				loopDone();
				return NEVER;
			}
			this.loop.sweepBy(now + STEP_NANOS);
			return 0;
		}

		private void tell(long passed, long spread, CloseStatus status) {
			int all = this.connections.size();
			int due = (passed >= spread) ? all : (int) (all * passed / spread);
			for (; this.told < due; this.told++) {
				this.connections.get(this.told).shutDown(status);
			}
		}

		@Override
		public void flush() {
			// writes nothing itself
		}

		@Override
		public int slot() {
			return this.slot;
		}

		@Override
		public void slot(int slot) {
			this.slot = slot;
		}

	}

}
