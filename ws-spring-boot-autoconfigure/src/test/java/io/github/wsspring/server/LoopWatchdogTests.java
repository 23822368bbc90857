package io.github.wsspring.server;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LoopWatchdogTests {

	private final Held held = new Held();

	@Test
	void aHandlerThatHoldsItsLoopIsNamedOnceWhileItDoes() throws Exception {
		try (TestServer server = new TestServer(endpoint(null), this.held); RawClient client = server.connect()) {
			client.send("400");
			assertThat(this.held.calls.poll(300, TimeUnit.MILLISECONDS)).isEqualTo("Sleeper.onText, test");
			assertThat(client.read()).isEqualTo("400");
			client.send("0");
			assertThat(client.read()).isEqualTo("0");
			assertThat(this.held.calls).isEmpty();
			client.send("400");
			assertThat(client.read()).isEqualTo("400");
			assertThat(this.held.calls).hasSize(1);
		}
	}

	@Test
	void manyShortCallsAreNotOneLongOne() throws Exception {
		try (TestServer server = new TestServer(endpoint(null), this.held); RawClient client = server.connect()) {
			for (int i = 0; i < 20; i++) {
				client.send("20");
			}
			for (int i = 0; i < 20; i++) {
				assertThat(client.read()).isEqualTo("20");
			}
			assertThat(this.held.calls).isEmpty();
		}
	}

	@Test
	void aHandlerWithItsOwnExecutorMayBlock() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (TestServer server = new TestServer(endpoint(executor), this.held); RawClient client = server.connect()) {
			client.send("300");
			assertThat(client.read()).isEqualTo("300");
			assertThat(this.held.calls).isEmpty();
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static Endpoint endpoint(@Nullable ExecutorService executor) {
		return new Endpoint("test", new Sleeper(), executor, List.of(), OriginPolicy.ANY, SessionOptions.DEFAULTS);
	}

	private static final class Held implements ServerListener {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@Override
		public void loopHeld(Session session, @Nullable String method, long millis) {
			assertThat(millis).isBetween(100L, 400L);
			this.calls.add(method + ", " + session.endpoint().id());
		}

	}

	private static final class Sleeper implements SessionHandler {

		@Override
		public @Nullable CompletionStage<?> onText(Session session, String text) throws Exception {
			TimeUnit.MILLISECONDS.sleep(Long.parseLong(text));
			session.send(PreparedMessage.text(text));
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
			return null;
		}

		@Override
		public @Nullable String methodIn(List<StackTraceElement> stack) {
			return stack.stream()
				.filter((frame) -> frame.getClassName().equals(Sleeper.class.getName()))
				.map((frame) -> "Sleeper." + frame.getMethodName())
				.findFirst()
				.orElse(null);
		}

	}

}
