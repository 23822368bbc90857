package io.github.wsspring.comparison;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.autoconfigure.WsAutoConfiguration;
import io.github.wsspring.endpoint.WsTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Our side of the comparison works, with exactly the keys that are counted.
 */
@Timeout(60)
class StarterChatTests {

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("ALICE_TOKEN", "of-alice"))
			.run("--spring.config.location=classpath:io/github/wsspring/comparison/starter/", "--ws.server.port=0",
					"--ws.server.address=127.0.0.1");
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void theOthersInTheRoomHearWhatIsSaid() throws Exception {
		Client alice = new Client(this.context, "lobby", "of-alice");
		Client alicesTablet = new Client(this.context, "lobby", "of-alice");
		Client elsewhere = new Client(this.context, "cellar", "of-alice");
		WsTemplate ws = this.context.getBean(WsTemplate.class);
		await().until(() -> ws.topic("room:lobby").list().size() == 2 && ws.topic("room:cellar").list().size() == 1);
		alice.send("{\"type\":\"say\",\"text\":\"\"}");
		assertThat(alice.next()).contains("\"error\":\"invalid\"");
		alice.send("{\"type\":\"say\",\"text\":\"hi\"}");
		assertThat(alicesTablet.next()).isEqualTo("{\"type\":\"said\",\"from\":\"alice\",\"text\":\"hi\"}");
		ws.sessions().send("end");
		assertThat(alice.next()).isEqualTo("end");
		assertThat(elsewhere.next()).isEqualTo("end");
	}

	@Test
	void nobodyEntersWithoutAToken() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> new Client(this.context, "lobby", "of-mallory"))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(401));
	}

	@Test
	void messagesAreLimited() throws Exception {
		Client alice = new Client(this.context, "lobby", "of-alice");
		alice.send("x".repeat(64 * 1024 + 1));
		assertThat(alice.next()).isEqualTo("close 1009");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			WsAutoConfiguration.class })
	@ComponentScan("io.github.wsspring.comparison.starter")
	static class Application {

	}

	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		private final WebSocket webSocket;

		Client(ConfigurableApplicationContext context, String room, String token) {
			String port = context.getEnvironment().getRequiredProperty("local.ws.port");
			this.webSocket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.header("Authorization", "Bearer " + token)
				.buildAsync(URI.create("ws://127.0.0.1:" + port + "/rooms/" + room), this)
				.join();
		}

		void send(String text) {
			this.webSocket.sendText(text, true).join();
		}

		@Nullable String next() throws InterruptedException {
			return this.received.poll(10, TimeUnit.SECONDS);
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.received.add(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.received.add("close " + statusCode);
			return null;
		}

	}

}
