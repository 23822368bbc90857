package io.github.wsspring.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BackpressureTests {

	private static final int QUEUE_SIZE = 1024 * 1024;

	private static final PreparedMessage MESSAGE = PreparedMessage.binary(new byte[100 * 1024]);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theHandlerIsToldOnceThereIsRoomAgain(boolean ownThread) throws Exception {
		Flood flood = new Flood(true);
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (TestServer server = new TestServer(flood, ownThread ? executor : null, options());
				RawClient client = server.connect()) {
			client.send("go");
			int count = Integer.parseInt(flood.next());
			Session session = flood.session.get();
			CompletableFuture<Void> writable = session.whenWritable();
			for (int i = 0; i < count; i++) {
				assertThat(client.read()).isEqualTo(MESSAGE.frame().payload().length + " bytes");
			}
			assertThat(flood.next()).isEqualTo("drain");
			writable.get(10, TimeUnit.SECONDS);
			assertThat(session.whenWritable()).isCompleted();
			// the next time again
			client.send("go");
			count = Integer.parseInt(flood.next());
			for (int i = 0; i < count; i++) {
				client.read();
			}
			assertThat(flood.next()).isEqualTo("drain");
			assertThat(flood.events).isEmpty();
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void aHandlerThatDoesNotCareIsNotTold() throws Exception {
		Flood flood = new Flood(false);
		try (TestServer server = new TestServer(flood, null, options()); RawClient client = server.connect()) {
			client.send("go");
			int count = Integer.parseInt(flood.next());
			CompletableFuture<Void> writable = flood.session.get().whenWritable();
			for (int i = 0; i < count; i++) {
				client.read();
			}
			writable.get(10, TimeUnit.SECONDS);
			client.send("bye");
			assertThat(flood.next()).isEqualTo("bye");
		}
	}

	@Test
	void whoWaitsForRoomIsToldOfTheEnd() throws Exception {
		Flood flood = new Flood(true);
		try (TestServer server = new TestServer(flood, null, options()); RawClient client = server.connect()) {
			client.send("go");
			flood.next();
			Session session = flood.session.get();
			// what the socket had taken in the meantime may have been enough
			while (session.whenWritable().isDone()) {
				session.send(MESSAGE);
			}
			CompletableFuture<Void> writable = session.whenWritable();
			session.terminate();
			writable.get(10, TimeUnit.SECONDS);
			assertThat(session.whenWritable()).isCompleted();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aCallIsMadeInTurnAndItsFailureEndsTheSession(boolean ownThread) throws Exception {
		Flood flood = new Flood(false);
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (TestServer server = new TestServer(flood, ownThread ? executor : null, options());
				RawClient client = server.connect()) {
			client.send("call");
			// not in the midst of the handler's method
			assertThat(flood.next()).isEqualTo("call");
			assertThat(flood.next()).isEqualTo("called");
			client.send("fail");
			assertThat(flood.next()).isEqualTo("fail");
			assertThat(flood.next()).isEqualTo("close 1011");
			flood.session.get().call(() -> {
				flood.events.add("too late");
				return null;
			});
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(flood.events).isEmpty();
	}

	private static SessionOptions options() {
		SessionOptions defaults = SessionOptions.DEFAULTS;
		OutboundOptions outbound = new OutboundOptions(QUEUE_SIZE, defaults.outbound().sendTimeout(),
				defaults.outbound().overflow());
		return new SessionOptions(defaults.limits(), defaults.maxPending(), defaults.heartbeat(), null, null, outbound,
				null);
	}

	/** Sends until there is backpressure. */
	private static final class Flood implements SessionHandler {

		final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		final CompletableFuture<Session> session = new CompletableFuture<>();

		private final boolean wantsDrain;

		Flood(boolean wantsDrain) {
			this.wantsDrain = wantsDrain;
		}

		String next() throws InterruptedException {
			return String.valueOf(this.events.poll(10, TimeUnit.SECONDS));
		}

		@Override
		public @Nullable CompletionStage<?> onText(Session session, String text) {
			this.session.complete(session);
			switch (text) {
				case "go" -> {
					int count = 1;
					while (session.send(MESSAGE) == SendResult.QUEUED) {
						count++;
					}
					this.events.add(String.valueOf(count));
				}
				case "call" -> {
					session.call(() -> {
						this.events.add("called");
						return null;
					});
					this.events.add("call");
				}
				case "fail" -> {
					session.call(() -> {
						throw new IllegalStateException("as it should");
					});
					this.events.add("fail");
				}
				default -> this.events.add(text);
			}
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
			return null;
		}

		@Override
		public boolean wantsDrain() {
			return this.wantsDrain;
		}

		@Override
		public @Nullable CompletionStage<?> onDrain(Session session) {
			this.events.add("drain");
			return null;
		}

		@Override
		public void onClose(Session session, CloseStatus status) {
			if (status.code() == 1011) {
				this.events.add("close 1011");
			}
		}

	}

}
