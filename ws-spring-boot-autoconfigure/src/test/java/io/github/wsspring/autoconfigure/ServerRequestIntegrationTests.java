package io.github.wsspring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.endpoint.Execution;
import io.github.wsspring.endpoint.OnError;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests to the client with the real engine and a real client.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class ServerRequestIntegrationTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WsAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0", "ws.server.address=127.0.0.1", "ws.server.event-loops=1");

	@ParameterizedTest
	@ValueSource(strings = { "/later", "/loop", "/blocking" })
	void theAnswerOvertakesTheMessagesThatWaitForIt(String path) {
		this.runner.withBean(Later.class).withBean(Loop.class).withBean(Blocking.class).run((context) -> {
			Client client = new Client(port(context.getEnvironment().getProperty("local.ws.port")), path);
			client.send("ask");
			String question = client.next();
			assertThat(question).isEqualTo("{\"type\":\"name\",\"id\":\"srv-1\"}");
			client.send("next");
			client.send("{\"type\":\"reply\",\"id\":\"srv-1\",\"data\":\"alice\"}");
			assertThat(client.next()).isEqualTo("alice");
			assertThat(client.next()).isEqualTo("got next");
		});
	}

	@Test
	void whoBlocksNeedsNoFurtherThread() {
		this.runner.withBean(Greeter.class).run((context) -> {
			int count = 3 * Math.max(16, 8 * Runtime.getRuntime().availableProcessors());
			List<Client> clients = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				clients.add(new Client(port(context.getEnvironment().getProperty("local.ws.port")), "/greeter"));
			}
			for (Client client : clients) {
				assertThat(client.next()).contains("srv-1");
				client.send("{\"type\":\"reply\",\"id\":\"srv-1\",\"data\":\"alice\"}");
			}
			for (Client client : clients) {
				assertThat(client.next()).isEqualTo("Hello, alice");
			}
		});
	}

	@Test
	void waitingOnTheEventLoopFailsAtOnce() {
		this.runner.withBean(Stuck.class).run((context) -> {
			Client client = new Client(port(context.getEnvironment().getProperty("local.ws.port")), "/stuck");
			client.send("ask");
			assertThat(client.next()).contains("srv-1");
			assertThat(client.next()).contains("Execution.TASK");
		});
	}

	@Test
	void aClientThatLeavesWhileItIsWaitedForIsNotLogged(CapturedOutput output) {
		this.runner.withBean(Later.class).run((context) -> {
			Client client = new Client(port(context.getEnvironment().getProperty("local.ws.port")), "/later");
			client.send("ask");
			assertThat(client.next()).contains("srv-1");
			client.webSocket.sendClose(1000, "").join();
			assertThat(client.next()).isEqualTo("closed 1000");
		});
		assertThat(output).doesNotContain("SessionClosedException").doesNotContain("ERROR");
	}

	private static int port(@Nullable String port) {
		return Integer.parseInt(String.valueOf(port));
	}

	@WsEndpoint("/later")
	static class Later {

		@OnMessage
		Object message(String text, WsSession session) {
			return text.equals("ask") ? session.request("name", Map.of(), String.class, LONG) : "got " + text;
		}

	}

	@WsEndpoint(path = "/loop", execution = Execution.EVENT_LOOP)
	static class Loop extends Later {

	}

	@WsEndpoint("/blocking")
	static class Blocking {

		@OnMessage
		String message(String text, WsSession session) {
			return text.equals("ask") ? session.request("name", Map.of(), String.class, LONG).join() : "got " + text;
		}

	}

	@WsEndpoint("/greeter")
	static class Greeter {

		@OnOpen
		String open(WsSession session) throws Exception {
			return "Hello, " + session.request("name", Map.of(), String.class, LONG).get(1, TimeUnit.MINUTES);
		}

	}

	@WsEndpoint(path = "/stuck", execution = Execution.EVENT_LOOP)
	static class Stuck {

		@OnMessage
		String message(String text, WsSession session) {
			return session.request("name", Map.of(), String.class, LONG).join();
		}

		@OnError
		String failed(IllegalStateException ex) {
			return String.valueOf(ex.getMessage());
		}

	}

	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		final WebSocket webSocket;

		Client(int port, String path) {
			this.webSocket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
				.join();
		}

		void send(String text) {
			this.webSocket.sendText(text, true).join();
		}

		String next() throws InterruptedException {
			return String.valueOf(this.received.poll(20, TimeUnit.SECONDS));
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.received.add(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.received.add("closed " + statusCode);
			return null;
		}

	}

}
