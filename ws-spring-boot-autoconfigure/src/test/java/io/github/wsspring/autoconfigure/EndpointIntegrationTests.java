package io.github.wsspring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.wsspring.context.WsSessionClosedEvent;
import io.github.wsspring.context.WsSessionOpenedEvent;
import io.github.wsspring.endpoint.Execution;
import io.github.wsspring.endpoint.OnJoin;
import io.github.wsspring.endpoint.OnLeave;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.PathVariable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for endpoints with the real engine and a real client.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class EndpointIntegrationTests {

	/** Together many times what may wait for a client. */
	private static final int COUNT = 3000;

	private static final String CHUNK = "x".repeat(8 * 1024);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WsAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0", "ws.server.address=127.0.0.1", "ws.server.event-loops=1");

	@ParameterizedTest
	@CsvSource({ "/task, stream", "/task, flux", "/loop, stream", "/loop, flux" })
	void aStreamIsNoFasterThanItsClient(String path, String type) {
		this.runner.withBean(TaskStreams.class).withBean(LoopStreams.class).run((context) -> {
			Client client = Client.connect(context, path);
			client.send("{\"type\":\"" + type + "\"}");
			// let it run into the wall
			TimeUnit.MILLISECONDS.sleep(200);
			client.send("{\"type\":\"hello\"}");
			int seen = 0;
			int helloAfter = -1;
			while (seen < COUNT) {
				client.read();
				String message = client.next();
				if (message.equals("hello")) {
					helloAfter = seen;
				}
				else {
					assertThat(message).isEqualTo(seen + CHUNK);
					seen++;
				}
			}
			assertThat(helloAfter).as("in the midst of the stream").isBetween(0, COUNT - 1);
		});
	}

	@ParameterizedTest
	@CsvSource({ "/task", "/loop" })
	void anEndlessStreamEndsWithItsSession(String path) {
		this.runner.withBean(TaskStreams.class).withBean(LoopStreams.class).run((context) -> {
			Client client = Client.connect(context, path);
			client.send("{\"type\":\"endless\"}");
			client.read();
			assertThat(client.next()).isEqualTo(CHUNK);
			client.webSocket.join().abort();
			Streams streams = path.equals("/task") ? context.getBean(TaskStreams.class)
					: context.getBean(LoopStreams.class);
			assertThat(streams.ended.await(20, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void whoHoldsTheEventLoopIsNamedInTheLog(CapturedOutput output) {
		this.runner.withBean(Sleeper.class).run((context) -> {
			Client client = Client.connect(context, "/sleeper");
			client.send("x");
			client.read();
			assertThat(client.next()).isEqualTo("awake");
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("holding an event loop"))).singleElement()
			.asString()
			.contains("WARN")
			.contains("Sleeper.sleep of endpoint 'sleeper'");
	}

	@Test
	void topicsAreLeftWhenTheConnectionBreaks() {
		this.runner.withBean(Rooms.class).run((context) -> {
			Rooms rooms = context.getBean(Rooms.class);
			Client client = Client.connect(context, "/rooms");
			assertThat(rooms.next()).isEqualTo("join 1");
			assertThat(rooms.next()).isEqualTo("join 2");
			client.webSocket.join().abort();
			assertThat(rooms.next()).isEqualTo("leave 1");
			assertThat(rooms.next()).isEqualTo("leave 2");
		});
	}

	@Test
	void sessionsAreEventsOfTheApplication() {
		this.runner.withBean(Rooms.class).withBean(Audit.class).run((context) -> {
			Client client = Client.connect(context, "/rooms");
			Audit audit = context.getBean(Audit.class);
			assertThat(audit.events.poll(10, TimeUnit.SECONDS)).isEqualTo("opened rooms");
			client.webSocket.join().abort();
			assertThat(audit.events.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1006");
		});
	}

	@Test
	void messagesAreHandledAtATimeIfTheEndpointSaysSo() {
		this.runner.withBean(Meeting.class).run((context) -> {
			Client client = Client.connect(context, "/meeting");
			client.send("a");
			client.send("b");
			client.read();
			assertThat(client.next()).isEqualTo("met");
		});
	}

	abstract static class Streams {

		final CountDownLatch ended = new CountDownLatch(1);

		@OnMessage("stream")
		Stream<String> stream() {
			return IntStream.range(0, COUNT).mapToObj((i) -> i + CHUNK);
		}

		@OnMessage("flux")
		Flux<String> flux() {
			return Flux.range(0, COUNT).map((i) -> i + CHUNK);
		}

		@OnMessage("endless")
		Stream<String> endless() {
			return Stream.generate(() -> CHUNK).onClose(this.ended::countDown);
		}

		@OnMessage("hello")
		String hello() {
			return "hello";
		}

	}

	@WsEndpoint("/task")
	static class TaskStreams extends Streams {

	}

	@WsEndpoint(path = "/loop", execution = Execution.EVENT_LOOP)
	static class LoopStreams extends Streams {

	}

	@WsEndpoint(path = "/sleeper", execution = Execution.EVENT_LOOP)
	static class Sleeper {

		@OnMessage
		String sleep(String text) throws InterruptedException {
			TimeUnit.MILLISECONDS.sleep(300);
			return "awake";
		}

	}

	@WsEndpoint("/rooms")
	static class Rooms {

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		String next() throws InterruptedException {
			return String.valueOf(this.events.poll(10, TimeUnit.SECONDS));
		}

		@OnOpen
		void open(WsSession session) {
			session.join("room:1");
			session.join("room:2");
		}

		@OnJoin("room:{room}")
		void joined(@PathVariable int room) {
			this.events.add("join " + room);
		}

		@OnLeave("room:{room}")
		void left(@PathVariable int room) {
			this.events.add("leave " + room);
		}

	}

	static class Audit {

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		@EventListener
		void opened(WsSessionOpenedEvent event) {
			this.events.add("opened " + event.getEndpointId());
		}

		@EventListener
		void closed(WsSessionClosedEvent event) {
			this.events.add("closed " + event.getStatus().code());
		}

	}

	@WsEndpoint(path = "/meeting", concurrency = 2)
	static class Meeting {

		private final CountDownLatch both = new CountDownLatch(2);

		@OnMessage
		String meet(String text) throws InterruptedException {
			this.both.countDown();
			return this.both.await(10, TimeUnit.SECONDS) ? "met" : "missed";
		}

	}

	/** Takes a message only when it is told to. */
	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		private final CompletableFuture<WebSocket> webSocket = new CompletableFuture<>();

		private final StringBuilder part = new StringBuilder();

		static Client connect(AssertableApplicationContext context, String path) {
			Client client = new Client();
			int port = context.getEnvironment().getRequiredProperty("local.ws.port", int.class);
			client.webSocket.complete(HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
				.join());
			return client;
		}

		void send(String text) {
			this.webSocket.join().sendText(text, true).join();
		}

		void read() {
			this.webSocket.join().request(1);
		}

		String next() throws InterruptedException {
			return String.valueOf(this.texts.poll(10, TimeUnit.SECONDS));
		}

		@Override
		public void onOpen(WebSocket webSocket) {
			// nothing is asked for yet
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.part.append(data);
			if (last) {
				this.texts.add(this.part.toString());
				this.part.setLength(0);
			}
			else {
				webSocket.request(1);
			}
			return null;
		}

	}

}
