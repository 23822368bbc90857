package io.github.wsspring.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import io.github.wsspring.transport.MemoryChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Requirements for {@link Handover} among real loops and threads: whatever the executor,
 * and whatever handlers do, nothing is lost, late, or out of order.
 */
@Timeout(60)
class HandoverStressTests {

	private static final int SESSIONS = 24;

	private static final int ROUNDS = 100;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<ExecutorService> pools = new ArrayList<>();

	private final RecordingListener listener = new RecordingListener();

	private final AtomicInteger open = new AtomicInteger();

	@AfterEach
	void shutDown() throws InterruptedException {
		for (ExecutorService pool : this.pools) {
			pool.shutdownNow();
			assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void everySessionIsAnsweredInOrder(Kind kind) throws Exception {
		long seed = ThreadLocalRandom.current().nextLong();
		System.out.println("HandoverStressTests " + kind + " seed " + seed);
		Random random = new Random(seed);
		Executor first = kind.create(this.pools);
		// two executors share the loops, and what the loops have only one of
		Map<String, Route> routes = Map.of("/0", route(new Whimsical(seed, kind), first), "/1",
				route(new Whimsical(seed + 1, kind), kind.create(this.pools)));
		ServerOptions defaults = ServerOptions.DEFAULTS;
		WsServer server = new WsServer(
				new ServerOptions(null, ServerOptions.NO_PORT, 1, 2, defaults.handshake(), defaults.limits(),
						new ShutdownOptions(CloseStatus.GOING_AWAY, Duration.ZERO, PATIENCE), null,
						defaults.rejection(), null),
				routes::get, Authenticator.ANONYMOUS, new SessionRegistry(), this.listener, Runnable::run);
		server.start();
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < SESSIONS; i++) {
			clients.add(new Client(server.connect(), "/" + i % 2));
		}
		for (int round = 0; round < ROUNDS; round++) {
			for (Client client : clients) {
				client.say(random.nextInt(4));
			}
			for (Client client : clients) {
				client.readAnswers();
			}
		}
		clients.forEach((client) -> client.channel.close());
		server.shutdown().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(server.sessions()).isZero();
		assertThat(this.open).hasValue(0);
		assertThat(this.listener.engineFailures).isEmpty();
		assertThat(this.listener.handlerFailures).isEmpty();
	}

	private Route route(SessionHandler handler, Executor executor) {
		return new Route(new Endpoint("test", handler, executor, List.of(), OriginPolicy.ANY, SessionOptions.DEFAULTS),
				Map.of());
	}

	/** Where handlers are called. */
	enum Kind {

		ONE_THREAD, FOUR_THREADS, CALLER, VIRTUAL_THREADS;

		Executor create(List<ExecutorService> pools) {
			ExecutorService pool = switch (this) {
				case ONE_THREAD -> Executors.newSingleThreadExecutor();
				case FOUR_THREADS -> Executors.newFixedThreadPool(4);
				case CALLER -> null;
				case VIRTUAL_THREADS -> virtualThreads();
			};
			if (pool == null) {
				return Runnable::run;
			}
			pools.add(pool);
			return pool;
		}

		/** From Java 21 on. */
		private static ExecutorService virtualThreads() {
			assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
			try {
				return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
			}
			catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
				throw new AssertionError(ex);
			}
		}

	}

	/** Blocks, goes away, or answers at once. */
	private final class Whimsical implements SessionHandler {

		private final Random random;

		private final Kind kind;

		Whimsical(long seed, Kind kind) {
			this.random = new Random(seed);
			this.kind = kind;
		}

		@Override
		public @Nullable CompletionStage<?> onOpen(Session session) {
			HandoverStressTests.this.open.incrementAndGet();
			session.attach(new State());
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onText(Session session, String text) {
			State state = state(session);
			assertThat(state.busy).as("overlap").isFalse();
			assertThat(text).isEqualTo(Integer.toString(state.expected++));
			state.busy = true;
			int whim = this.random.nextInt(100);
			if (whim < 2 && this.kind != Kind.CALLER) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
			}
			state.busy = false;
			session.send(PreparedMessage.text(text));
			if (whim >= 90) {
				state.busy = true;
				return CompletableFuture.runAsync(() -> state.busy = false);
			}
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
			throw new AssertionError("Nobody has sent anything binary");
		}

		@Override
		public void onClose(Session session, CloseStatus status) {
			assertThat(state(session).busy).isFalse();
			HandoverStressTests.this.open.decrementAndGet();
		}

		private State state(Session session) {
			assertThat(session.attachment()).isInstanceOf(State.class);
			return (State) session.attachment();
		}

	}

	/** Not volatile on purpose: one call sees what the calls before it have done. */
	private static final class State {

		private boolean busy;

		private int expected;

	}

	/** Reads one byte after the other, as frames here are short. */
	private static final class Client {

		private final MemoryChannel channel;

		private int said;

		private int answered;

		Client(MemoryChannel channel, String path) throws IOException {
			this.channel = channel;
			write(Wire.upgrade(path));
			StringBuilder head = new StringBuilder();
			while (!head.toString().endsWith("\r\n\r\n")) {
				head.append((char) read(1)[0]);
			}
			assertThat(head).startsWith("HTTP/1.1 101 ");
		}

		void say(int messages) throws IOException {
			for (int i = 0; i < messages; i++) {
				write(Wire.text(Integer.toString(this.said++)));
			}
		}

		void readAnswers() throws IOException {
			for (; this.answered < this.said; this.answered++) {
				int length = read(2)[1];
				assertThat(new String(read(length))).isEqualTo(Integer.toString(this.answered));
			}
		}

		private void write(byte[] bytes) throws IOException {
			for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining();) {
				assertThat(this.channel.write(rest, PATIENCE)).isPositive();
			}
		}

		private byte[] read(int count) throws IOException {
			ByteBuffer target = ByteBuffer.allocate(count);
			while (target.hasRemaining()) {
				assertThat(this.channel.read(target, PATIENCE)).isPositive();
			}
			return target.array();
		}

	}

}
