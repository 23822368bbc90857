package io.github.wsspring.server;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.benchmarks.ClientFrames;
import io.github.wsspring.handshake.OriginPolicy;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a message takes from the read buffer to a handler that only counts it: called
 * by the event loop, through a {@link Mailbox} whose executor is the caller, and through
 * one whose executor is a pool of one thread, which gets 16 messages at a time while the
 * loop waits for the last. The frames hold five bytes; decoding is part of the time, so
 * that a mailbox costs what it takes longer than the direct call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeliveryBenchmark {

	private static final int MESSAGES = 16;

	/** How the handler is called. */
	@Param
	public Way way = Way.DIRECT;

	private final Counter counter = new Counter();

	private final ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>());

	private byte[] frames = new byte[0];

	@SuppressWarnings("NullAway.Init")
	private InMemoryServer server;

	@SuppressWarnings("NullAway.Init")
	private InMemoryConnection connection;

	private long expected;

	/** Opens a session. */
	@Setup
	public void open() {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		Random random = new Random(42);
		for (int i = 0; i < MESSAGES; i++) {
			frames.writeBytes(ClientFrames.text("hello", random));
		}
		this.frames = frames.toByteArray();
		Executor executor = switch (this.way) {
			case DIRECT -> null;
			case MAILBOX_ON_CALLER -> Runnable::run;
			case MAILBOX_ON_POOL -> this.pool;
		};
		Endpoint endpoint = new Endpoint("count", this.counter, executor, List.of(), OriginPolicy.ANY,
				SessionOptions.DEFAULTS);
		this.server = new InMemoryServer((path) -> new Route(endpoint, Map.of()), Authenticator.ANONYMOUS);
		this.connection = this.server.connect("/");
	}

	/** Ends the pool's thread. */
	@TearDown
	public void close() {
		this.pool.shutdownNow();
		this.server.close();
	}

	/**
	 * Has the server receive messages.
	 * @return how many there were so far
	 */
	@Benchmark
	@OperationsPerInvocation(MESSAGES)
	public long deliver() {
		this.expected += MESSAGES;
		this.connection.receive(this.frames);
		while (this.counter.count < this.expected) {
			this.server.turn();
		}
		return this.expected;
	}

	/** How a handler is called. */
	public enum Way {

		/** By the event loop. */
		DIRECT,

		/** By a mailbox's task, which the event loop runs. */
		MAILBOX_ON_CALLER,

		/** By a mailbox's task on another thread. */
		MAILBOX_ON_POOL

	}

	private static final class Counter implements SessionHandler {

		/** Changed by one thread at a time. */
		private volatile long count;

		@Override
		@SuppressWarnings("NonAtomicVolatileUpdate")
		public @Nullable CompletionStage<?> onText(Session session, String text) {
			this.count++;
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
			throw new IllegalStateException("There are text messages only");
		}

	}

}
