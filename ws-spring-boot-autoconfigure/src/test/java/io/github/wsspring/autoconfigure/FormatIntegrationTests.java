package io.github.wsspring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.endpoint.Broadcast;
import io.github.wsspring.endpoint.JacksonMessageFormat;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsMessageFormat;
import io.github.wsspring.endpoint.WsSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for formats of subprotocols with the real engine and real clients.
 */
@Timeout(60)
class FormatIntegrationTests {

	@Test
	void clientsOfSeveralFormsShareARoom() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WsAutoConfiguration.class))
			.withPropertyValues("ws.server.port=0", "ws.server.address=127.0.0.1")
			.withBean(WsMessageFormat.class, () -> new JacksonMessageFormat("room.bin", JsonMapper.shared()))
			.withBean(Room.class)
			.run((context) -> {
				int port = context.getEnvironment().getRequiredProperty("local.ws.port", int.class);
				Client binary = Client.connect(port, "room.bin");
				Client text = Client.connect(port, "room.json");
				assertThat(binary.next()).isEqualTo("binary {\"type\":\"hello\",\"text\":\"hi\"}");
				assertThat(text.next()).isEqualTo("text {\"type\":\"hello\",\"text\":\"hi\"}");
				binary.webSocket
					.sendBinary(ByteBuffer.wrap("{\"type\":\"say\",\"text\":\"1\"}".getBytes(StandardCharsets.UTF_8)),
							true)
					.join();
				assertThat(binary.next()).isEqualTo("binary {\"type\":\"said\",\"text\":\"1\"}");
				assertThat(text.next()).isEqualTo("text {\"type\":\"said\",\"text\":\"1\"}");
			});
	}

	record Say(String text) {

	}

	@WsEndpoint(path = "/room", subprotocols = { "room.bin", "room.json" })
	static class Room {

		@OnOpen
		void open(WsSession session) {
			session.join("room");
			session.send("hello", new Say("hi"));
		}

		@OnMessage("say")
		@Broadcast(to = "room", type = "said")
		Say say(Say in) {
			return in;
		}

	}

	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		private final WebSocket webSocket;

		private Client(int port, String subprotocol) {
			this.webSocket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.subprotocols(subprotocol)
				.buildAsync(URI.create("ws://127.0.0.1:" + port + "/room"), this)
				.join();
		}

		static Client connect(int port, String subprotocol) {
			return new Client(port, subprotocol);
		}

		String next() throws InterruptedException {
			return String.valueOf(this.received.poll(20, TimeUnit.SECONDS));
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.received.add("text " + data);
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
			this.received.add("binary " + StandardCharsets.UTF_8.decode(data));
			webSocket.request(1);
			return null;
		}

	}

}
