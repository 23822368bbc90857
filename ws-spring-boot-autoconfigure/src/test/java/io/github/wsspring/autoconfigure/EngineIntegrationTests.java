package io.github.wsspring.autoconfigure;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.context.LocalWsPort;
import io.github.wsspring.context.WsServerLifecycle;
import io.github.wsspring.context.WsServerStartException;
import io.github.wsspring.endpoint.OnClose;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for context and auto-configuration with the real engine and a real client.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class EngineIntegrationTests {

	private static final String TOKEN = "s3cr3t-t0k3n";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WsAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0", "ws.server.address=127.0.0.1")
		.withBean(Echo.class);

	@Test
	void whenPortIsZeroThenEphemeralPortIsPublished() {
		this.runner.withBean(PortHolder.class).run((context) -> {
			int port = port(context);
			assertThat(port).isPositive();
			assertThat(context.getBean(PortHolder.class).port).isEqualTo(port);
			assertThat(context.getBean(WsServerLifecycle.class).getServer()).isNotNull()
				.satisfies((server) -> assertThat(server.address().getPort()).isEqualTo(port));
		});
	}

	@Test
	void textIsEchoed() {
		this.runner.run((context) -> {
			Client client = Client.connect(port(context), null);
			client.send("hello");
			assertThat(client.next()).isEqualTo("hello");
		});
	}

	@Test
	void whenPortIsMinusOneThenTheServerRunsWithoutOne(CapturedOutput output) {
		this.runner.withPropertyValues("ws.server.port=-1").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getEnvironment().containsProperty("local.ws.port")).isFalse();
			assertThat(context.getBean(WsServerLifecycle.class).getServer()).isNotNull()
				.satisfies((server) -> assertThat(server.hasPort()).isFalse());
			assertThat(output).contains("WebSocket server started without a port, as ws.server.port is -1")
				.contains("/echo -> Echo")
				.doesNotContain("://");
		});
	}

	@Test
	void whenAnEndpointTakesCookiesFromEveryPageThenTheApplicationDoesNotStart() {
		ApplicationContextRunner open = this.runner.withBean(OpenEcho.class)
			.withPropertyValues("ws.auth.tokens[0].token=" + TOKEN, "ws.auth.tokens[0].principal=alice");
		open.run((context) -> assertThat(context).getFailure()
			.isInstanceOf(InvalidWsPropertyException.class)
			.hasMessageContaining("open-echo"));
		open.withPropertyValues("ws.auth.sources=header").run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenPortIsTakenThenTheApplicationDoesNotStart() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			this.runner.withPropertyValues("ws.server.address=", "ws.server.port=" + socket.getLocalPort())
				.run((context) -> assertThat(context).getFailure()
					.hasCauseInstanceOf(WsServerStartException.class)
					.hasMessageContaining("wsServerLifecycle"));
		}
	}

	@Test
	void whenAddressIsNotLocalThenTheApplicationDoesNotStart() {
		// RFC 5737: an address that nobody has
		this.runner.withPropertyValues("ws.server.address=192.0.2.1")
			.run((context) -> assertThat(context).getFailure().hasCauseInstanceOf(WsServerStartException.class));
	}

	@Test
	void whenTheContextIsStoppedAndStartedThenItServesAgain() {
		this.runner.run((context) -> {
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			for (int i = 0; i < 3; i++) {
				int port = port(context);
				Client client = Client.connect(port, null);
				client.send("hello");
				assertThat(client.next()).isEqualTo("hello");
				source.stop();
				assertThat(client.closeCode()).isEqualTo(1012);
				assertThatThrownBy(() -> Client.connect(port, null)).isInstanceOf(CompletionException.class);
				source.start();
			}
		});
	}

	@Test
	void whenTheContextClosesThenHandlersFinishWhileBeansAreAlive() {
		this.runner.withBean(Slow.class).run((context) -> {
			Slow slow = context.getBean(Slow.class);
			Client client = Client.connect(port(context), "/slow", null);
			client.send("work");
			assertThat(slow.working.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
			assertThat(closing).isNotDone();
			slow.release.countDown();
			closing.get(30, TimeUnit.SECONDS);
			assertThat(client.next()).isEqualTo("done: work");
			assertThat(client.closeCode()).isEqualTo(1012);
			assertThat(slow.events).containsExactly("message", "close", "destroy");
		});
	}

	@Test
	void whenTokenIsRequiredThenItsOwnerMayConnectAndOthersMayNot(CapturedOutput output) {
		this.runner
			.withPropertyValues("ws.auth.required=true", "ws.auth.tokens[0].token=" + TOKEN,
					"ws.auth.tokens[0].principal=alice")
			.run((context) -> {
				Client client = Client.connect(port(context), TOKEN);
				client.send("hello");
				assertThat(client.next()).isEqualTo("hello");
				assertThatThrownBy(() -> Client.connect(port(context), null))
					.hasCauseInstanceOf(WebSocketHandshakeException.class)
					.cause()
					.satisfies((ex) -> assertThat(((WebSocketHandshakeException) ex).getResponse().statusCode())
						.isEqualTo(401));
				assertThatThrownBy(() -> Client.connect(port(context), "wr0ng-" + TOKEN))
					.hasCauseInstanceOf(WebSocketHandshakeException.class);
			});
		assertThat(output).contains("ws.auth.tokens").doesNotContain(TOKEN);
	}

	@Test
	void whenRejectIsCloseThenTheClientReads4401() {
		this.runner
			.withPropertyValues("ws.auth.required=true", "ws.auth.reject=close", "ws.auth.tokens[0].token=" + TOKEN,
					"ws.auth.tokens[0].principal=alice")
			.run((context) -> assertThat(Client.connect(port(context), null).closeCode()).isEqualTo(4401));
	}

	@Test
	void whenMessageIsTooBigForItsEndpointThenTheLogNamesTheKey(CapturedOutput output) {
		this.runner.withPropertyValues("ws.endpoints.echo.inbound.max-message-size=8B").run((context) -> {
			Client client = Client.connect(port(context), null);
			client.send("12345678");
			assertThat(client.next()).isEqualTo("12345678");
			client.send("123456789");
			assertThat(client.closeCode()).isEqualTo(1009);
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("ws.inbound.max-message-size")))
			.singleElement()
			.asString()
			.contains("ws.endpoints.echo");
	}

	@Test
	void whenAPageFromElsewhereConnectsThenTheLogNamesTheKey(CapturedOutput output) {
		this.runner.run((context) -> assertThatThrownBy(() -> HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.header("Origin", "https://evil.example")
			.buildAsync(URI.create("ws://localhost:" + port(context) + "/echo"), new Client())
			.join()).hasCauseInstanceOf(WebSocketHandshakeException.class));
		assertThat(output.getAll().lines().filter((line) -> line.contains("ws.origins.mode"))).singleElement()
			.asString()
			.contains("https://evil.example");
	}

	private static int port(AssertableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.ws.port", int.class);
	}

	@WsEndpoint("/echo")
	static class Echo {

		private final WsTemplate template;

		Echo(WsTemplate template) {
			this.template = template;
		}

		@OnMessage
		String echo(String text) {
			assertThat(this.template).isNotNull();
			return text;
		}

	}

	@WsEndpoint("/slow")
	static class Slow implements DisposableBean {

		private final CountDownLatch working = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		@OnMessage
		String work(String text) throws InterruptedException {
			this.working.countDown();
			assertThat(this.release.await(10, TimeUnit.SECONDS)).isTrue();
			this.events.add("message");
			return "done: " + text;
		}

		@OnClose
		void close() {
			this.events.add("close");
		}

		@Override
		public void destroy() {
			this.events.add("destroy");
		}

	}

	@Lazy
	static class PortHolder {

		private final int port;

		PortHolder(@LocalWsPort int port) {
			this.port = port;
		}

	}

	/** Collects what a server sends. */
	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

		private final CompletableFuture<WebSocket> webSocket = new CompletableFuture<>();

		static Client connect(int port, @Nullable String token) {
			return connect(port, "/echo", token);
		}

		static Client connect(int port, String path, @Nullable String token) {
			Client client = new Client();
			WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
			if (token != null) {
				builder.header("Authorization", "Bearer " + token);
			}
			client.webSocket.complete(builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client).join());
			return client;
		}

		void send(String text) {
			this.webSocket.join().sendText(text, true).join();
		}

		String next() throws InterruptedException {
			return String.valueOf(this.texts.poll(10, TimeUnit.SECONDS));
		}

		int closeCode() throws Exception {
			return this.closeCode.get(10, TimeUnit.SECONDS);
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.texts.add(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.closeCode.complete(statusCode);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.closeCode.completeExceptionally(error);
		}

	}

	@WsEndpoint(path = "/open", allowedOrigins = "*")
	static class OpenEcho {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

}
