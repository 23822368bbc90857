package io.github.wsspring.server;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class ConcurrentDeliveryTests {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Held handler = new Held();

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	@Test
	void asManyMessagesAsAllowedAreHandledAtATime() throws Exception {
		try (TestServer server = server(3); RawClient client = server.connect()) {
			assertThat(this.handler.next()).isEqualTo("open");
			for (String text : List.of("a", "b", "c", "d")) {
				client.send(text);
			}
			assertThat(List.of(this.handler.next(), this.handler.next(), this.handler.next()))
				.containsExactlyInAnyOrder("a", "b", "c");
			assertThat(this.handler.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
			this.handler.release("b");
			assertThat(this.handler.next()).isEqualTo("d");
			List.of("a", "c", "d").forEach(this.handler::release);
		}
	}

	@Test
	void theCloseComesAfterAllMessages() throws Exception {
		try (TestServer server = server(2)) {
			try (RawClient client = server.connect()) {
				client.send("a");
				client.send("b");
				client.send("c");
				assertThat(this.handler.next()).isEqualTo("open");
				assertThat(List.of(this.handler.next(), this.handler.next())).containsExactlyInAnyOrder("a", "b");
			}
			assertThat(this.handler.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
			this.handler.release("a");
			assertThat(this.handler.next()).isEqualTo("c");
			this.handler.release("b");
			assertThat(this.handler.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
			this.handler.release("c");
			assertThat(this.handler.next()).isEqualTo("close 1006");
		}
	}

	@Test
	void aCallHasItsTurnAlone() throws Exception {
		try (TestServer server = server(8); RawClient client = server.connect()) {
			client.send("a");
			assertThat(List.of(this.handler.next(), this.handler.next())).containsExactly("open", "a");
			CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
			this.handler.session.get().call(() -> {
				this.handler.events.add("call");
				return done;
			});
			TimeUnit.MILLISECONDS.sleep(50);
			client.send("b");
			assertThat(this.handler.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
			this.handler.release("a");
			assertThat(this.handler.next()).isEqualTo("call");
			assertThat(this.handler.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
			done.complete(null);
			assertThat(this.handler.next()).isEqualTo("b");
			this.handler.release("b");
		}
	}

	@Test
	void aFailureEndsTheSession() throws Exception {
		try (TestServer server = server(2); RawClient client = server.connect()) {
			client.send("a");
			assertThat(List.of(this.handler.next(), this.handler.next())).containsExactly("open", "a");
			client.send("fail");
			assertThat(this.handler.next()).isEqualTo("fail");
			this.handler.release("a");
			assertThat(this.handler.next()).isEqualTo("close 1011");
		}
	}

	@Test
	void moreThanMayWaitAreNotRead() throws Exception {
		try (TestServer server = server(2); RawClient client = server.connect()) {
			assertThat(this.handler.next()).isEqualTo("open");
			for (int i = 0; i < 200; i++) {
				client.send("m" + i);
			}
			for (int i = 0; i < 200; i++) {
				String message = this.handler.next();
				assertThat(message).startsWith("m");
				this.handler.release(message);
			}
		}
	}

	@Test
	void anExecutorThatRejectsEndsTheSession() throws Exception {
		List<String> failures = new CopyOnWriteArrayList<>();
		ServerListener listener = new ServerListener() {
			@Override
			public void engineFailed(String what, Throwable failure) {
				failures.add(failure.getClass().getSimpleName());
			}
		};
		Endpoint endpoint = new Endpoint("test", this.handler, (task) -> {
			throw new RejectedExecutionException();
		}, List.of(), OriginPolicy.ANY, SessionOptions.DEFAULTS, 2);
		try (TestServer server = new TestServer(endpoint, listener); RawClient client = server.connect()) {
			// a close frame
			assertThat(client.read()).isNotEmpty();
		}
		assertThat(failures).contains("RejectedExecutionException");
	}

	@Test
	void stagesOverlapOnTheEventLoop() throws Exception {
		Endpoint endpoint = new Endpoint("test", new Staged(this.handler), null, List.of(), OriginPolicy.ANY,
				SessionOptions.DEFAULTS, 2);
		try (TestServer server = new TestServer(endpoint, ServerListener.NONE); RawClient client = server.connect()) {
			client.send("a");
			client.send("b");
			client.send("c");
			assertThat(List.of(this.handler.next(), this.handler.next())).containsExactly("a", "b");
			assertThat(this.handler.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
			this.handler.release("b");
			assertThat(this.handler.next()).isEqualTo("c");
			this.handler.release("a");
			this.handler.release("c");
		}
	}

	@Test
	void oneIsTheLeast() {
		assertThatIllegalArgumentException().isThrownBy(() -> endpoint(0)).withMessageContaining("not 0");
	}

	private TestServer server(int concurrency) throws Exception {
		return new TestServer(endpoint(concurrency), ServerListener.NONE);
	}

	private Endpoint endpoint(int concurrency) {
		return new Endpoint("test", this.handler, this.executor, List.of(), OriginPolicy.ANY, SessionOptions.DEFAULTS,
				concurrency);
	}

	/** Holds each message until it is released. */
	private static final class Held implements SessionHandler {

		final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		final CompletableFuture<Session> session = new CompletableFuture<>();

		private final ConcurrentHashMap<String, CompletableFuture<@Nullable Void>> releases = new ConcurrentHashMap<>();

		String next() throws InterruptedException {
			return String.valueOf(this.events.poll(10, TimeUnit.SECONDS));
		}

		CompletableFuture<@Nullable Void> released(String text) {
			return this.releases.computeIfAbsent(text, (key) -> new CompletableFuture<>());
		}

		void release(String text) {
			released(text).complete(null);
		}

		@Override
		public @Nullable CompletionStage<?> onOpen(Session session) {
			this.session.complete(session);
			this.events.add("open");
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onText(Session session, String text) throws Exception {
			this.events.add(text);
			if (text.equals("fail")) {
				throw new IllegalStateException("as it should");
			}
			released(text).get(10, TimeUnit.SECONDS);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
			return null;
		}

		@Override
		public void onClose(Session session, CloseStatus status) {
			this.events.add("close " + status.code());
		}

	}

	private record Staged(Held held) implements SessionHandler {

		@Override
		public CompletionStage<?> onText(Session session, String text) {
			this.held.events.add(text);
			return this.held.released(text);
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
			return null;
		}

	}

}
