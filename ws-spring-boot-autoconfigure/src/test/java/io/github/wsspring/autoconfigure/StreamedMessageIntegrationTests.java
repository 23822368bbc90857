package io.github.wsspring.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.wsspring.endpoint.OnClose;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for payloads that are read as they arrive, with the real engine and a real
 * client.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class StreamedMessageIntegrationTests {

	private static final int MIB = 1024 * 1024;

	/** What may wait, and what one read from the socket can bring in excess. */
	private static final int MOST = 128 * 1024;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WsAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0", "ws.server.address=127.0.0.1", "ws.server.event-loops=1",
				"ws.endpoints.upload.inbound.max-message-size=100MB",
				"ws.endpoints.upload.inbound.max-fragments=100000")
		.withBean(Upload.class);

	@Test
	void aLargeUploadIsReadByASlowReaderWithLittleMemory() {
		this.runner.run((context) -> {
			Client client = Client.connect(context);
			assertThat(upload(client, 64 * MIB)).isEqualTo(client.next());
			assertThat(client.next()).isEqualTo("64 MiB");
			assertThat(context.getBean(Upload.class).mostAvailable).isBetween(1, MOST);
			// and the session goes on
			client.text("hello", true);
			assertThat(client.next()).isEqualTo("{\"characters\":5,\"first\":\"hello\"}");
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void manyUploadsShareFewCarriersOnVirtualThreads() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			Client[] clients = new Client[20];
			for (int i = 0; i < clients.length; i++) {
				clients[i] = Client.connect(context);
				clients[i].binary(new byte[1000], false);
			}
			CountDownLatch started = context.getBean(Upload.class).started;
			assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
			for (Client client : clients) {
				client.binary(new byte[MIB], true);
				client.next();
				assertThat(client.next()).isEqualTo("1 MiB");
			}
		});
	}

	@Test
	void mixedTextIsReadHoweverItIsCut() {
		String mixed = "Grüße, Ελλάδα, мир, 世界, שלום, नमस्ते, 😀🇪🇺\n".repeat(3);
		this.runner.run((context) -> {
			Client client = Client.connect(context);
			for (int cut = 1; cut < mixed.length(); cut++) {
				if (!Character.isLowSurrogate(mixed.charAt(cut))) {
					client.text(mixed.substring(0, cut), false);
					client.text(mixed.substring(cut), true);
					assertThat(client.next()).isEqualTo("{\"characters\":" + mixed.length() + ",\"first\":\""
							+ mixed.lines().findFirst().orElseThrow() + "\"}");
				}
			}
		});
	}

	@Test
	void aLargeTextIsReadAsItArrives() {
		String line = "naïve 😀 text\n";
		this.runner.run((context) -> {
			Client client = Client.connect(context);
			int count = 200_000;
			for (int i = 0; i < 100; i++) {
				client.text(line.repeat(count / 100), i == 99);
			}
			assertThat(client.next())
				.isEqualTo("{\"characters\":" + count * line.length() + ",\"first\":\"naïve 😀 text\"}");
		});
	}

	@Test
	void aMessageOverTheLimitFailsTheReaderAndTheSessionButNotOurLog(CapturedOutput output) {
		this.runner.withPropertyValues("ws.endpoints.upload.inbound.max-message-size=1MB").run((context) -> {
			Upload upload = context.getBean(Upload.class);
			Client client = Client.connect(context);
			client.binary(new byte[MIB - 1], false);
			client.binary(new byte[2], true);
			assertThat(client.closeCode()).isEqualTo(1009);
			assertThat(upload.next()).startsWith("The rest of the message will not come: the session ends with 1009");
			assertThat(upload.next()).isEqualTo("close 1009");
		});
		assertThat(output).contains("ws.endpoints.upload").doesNotContain("IncompleteMessageException");
	}

	@Test
	void whenTheContextClosesThenAnUploadThatStallsIsBrokenOff() throws InterruptedException {
		Upload[] upload = new Upload[1];
		this.runner.withPropertyValues("ws.server.shutdown.grace-period=200ms").run((context) -> {
			upload[0] = context.getBean(Upload.class);
			Client client = Client.connect(context);
			client.binary(new byte[1000], false);
			assertThat(upload[0].firstBytes.await(10, TimeUnit.SECONDS)).isTrue();
		});
		assertThat(upload[0].next()).isEqualTo("The rest of the message will not come: the connection is gone");
		assertThat(upload[0].next()).isEqualTo("close 1006");
	}

	@Test
	void whenTheContextClosesThenAnUploadMayComeToItsEnd() {
		this.runner.withPropertyValues("ws.server.shutdown.grace-period=10s").run((context) -> {
			Upload upload = context.getBean(Upload.class);
			Client client = Client.connect(context);
			client.binary(new byte[MIB], false);
			assertThat(upload.firstBytes.await(10, TimeUnit.SECONDS)).isTrue();
			Thread closing = new Thread(context.getSourceApplicationContext()::close);
			closing.start();
			client.binary(new byte[MIB], true);
			client.next();
			assertThat(client.next()).isEqualTo("2 MiB");
			assertThat(client.closeCode()).isEqualTo(1012);
			closing.join();
		});
	}

	/** Returns the digest of what was sent. */
	private static String upload(Client client, int size) throws NoSuchAlgorithmException {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		Random random = new Random(1);
		byte[] part = new byte[MIB];
		for (int sent = 0; sent < size; sent += part.length) {
			random.nextBytes(part);
			digest.update(part);
			client.binary(part, sent + part.length == size);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	@WsEndpoint("/upload")
	static class Upload {

		private final CountDownLatch firstBytes = new CountDownLatch(1);

		private final CountDownLatch started = new CountDownLatch(20);

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		private volatile int mostAvailable;

		String next() throws InterruptedException {
			return String.valueOf(this.events.poll(10, TimeUnit.SECONDS));
		}

		@OnOpen
		void open(WsSession session) {
			// some argument besides the payload
		}

		@OnMessage
		String store(InputStream in, WsSession session) throws Exception {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			byte[] buffer = new byte[100_000];
			long size = 0;
			try {
				for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
					if (size == 0) {
						this.firstBytes.countDown();
						this.started.countDown();
					}
					size += count;
					digest.update(buffer, 0, count);
					this.mostAvailable = Math.max(this.mostAvailable, in.available());
					LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
				}
			}
			catch (IOException ex) {
				this.events.add(String.valueOf(ex.getMessage()));
				throw ex;
			}
			session.send(HexFormat.of().formatHex(digest.digest()));
			return size / MIB + " MiB";
		}

		@OnMessage
		Summary read(Reader text) throws IOException {
			BufferedReader lines = new BufferedReader(text);
			String first = lines.readLine();
			StringWriter rest = new StringWriter();
			lines.transferTo(rest);
			boolean oneLine = rest.getBuffer().isEmpty();
			return new Summary(first.length() + rest.getBuffer().length() + (oneLine ? 0 : 1), first);
		}

		@OnClose
		void close(CloseStatus status) {
			this.events.add("close " + status.code());
		}

	}

	record Summary(int characters, String first) {

	}

	/** Sends as the JDK cuts it. */
	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

		private final CompletableFuture<WebSocket> webSocket = new CompletableFuture<>();

		private final StringBuilder part = new StringBuilder();

		static Client connect(AssertableApplicationContext context) {
			Client client = new Client();
			int port = context.getEnvironment().getRequiredProperty("local.ws.port", int.class);
			client.webSocket.complete(HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + port + "/upload"), client)
				.join());
			return client;
		}

		void binary(byte[] data, boolean last) {
			this.webSocket.join().sendBinary(ByteBuffer.wrap(data), last).join();
		}

		void text(String text, boolean last) {
			this.webSocket.join().sendText(text, last).join();
		}

		String next() throws InterruptedException {
			return String.valueOf(this.texts.poll(60, TimeUnit.SECONDS));
		}

		int closeCode() throws Exception {
			return this.closeCode.get(10, TimeUnit.SECONDS);
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.part.append(data);
			if (last) {
				this.texts.add(this.part.toString());
				this.part.setLength(0);
			}
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

}
