package io.github.wsspring.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The event loops that share the connections of a server. Safe from any thread.
 */
public final class EventLoopGroup {

	private final List<EventLoop> loops;

	private final AtomicInteger next = new AtomicInteger();

	private EventLoopGroup(List<EventLoop> loops) {
		this.loops = List.copyOf(loops);
	}

	/**
	 * Starts loops.
	 * @param count how many
	 * @param sweepNanos how often each looks at its members' times
	 * @param failures told what failed that nobody else could be told
	 * @return the running loops
	 * @throws IOException if there are not enough descriptors
	 */
	public static EventLoopGroup start(int count, long sweepNanos, BiConsumer<String, Throwable> failures)
			throws IOException {
		List<EventLoop> loops = new ArrayList<>(count);
		try {
			for (int i = 0; i < count; i++) {
				EventLoop loop = new EventLoop(sweepNanos, failures);
				loop.start("ws-event-loop-" + i);
				loops.add(loop);
			}
		}
		catch (IOException ex) {
			loops.forEach(EventLoop::close);
			throw ex;
		}
		return new EventLoopGroup(loops);
	}

	/**
	 * The loop for the next connection.
	 * @return each in its turn
	 */
	public EventLoop next() {
		return this.loops.get(Math.floorMod(this.next.getAndIncrement(), this.loops.size()));
	}

	/**
	 * All loops.
	 * @return the loops
	 */
	public List<EventLoop> loops() {
		return this.loops;
	}

	/**
	 * Ends all loops.
	 * @return completed when their threads have nothing more to do
	 */
	public CompletableFuture<Void> close() {
		return CompletableFuture.allOf(this.loops.stream().map(EventLoop::close).toArray(CompletableFuture[]::new));
	}

}
