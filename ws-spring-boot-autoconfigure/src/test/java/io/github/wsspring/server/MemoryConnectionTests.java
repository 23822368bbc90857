package io.github.wsspring.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import io.github.wsspring.transport.MemoryChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Requirements for {@link WsServer} without a port, with clients in the same process.
 */
@Timeout(60)
@ExtendWith(LeakGate.class)
class MemoryConnectionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final RecordingListener listener = new RecordingListener();

	private final RecordingHandler handler = new RecordingHandler();

	private final SessionRegistry registry = new SessionRegistry();

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	private ConnectionLimits limits = ConnectionLimits.DEFAULTS;

	private WsServer server = create();

	MemoryConnectionTests() {
		this.handler.onText = RecordingHandler.echo();
		this.handler.onBinary = RecordingHandler.echo();
	}

	private WsServer create() {
		ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), ServerOptions.NO_PORT, 1024, 2,
				ServerOptions.HandshakeOptions.DEFAULTS, this.limits,
				new ShutdownOptions(CloseStatus.SERVICE_RESTART, Duration.ZERO, Duration.ofSeconds(10)), null,
				ServerOptions.AuthenticationRejection.HTTP, null);
		Endpoint endpoint = new Endpoint("test", this.handler, this.executor, List.of(), OriginPolicy.ANY,
				SessionOptions.DEFAULTS);
		return new WsServer(options, (path) -> path.equals("/ws") ? new Route(endpoint, Map.of()) : null,
				Authenticator.ANONYMOUS, this.registry, this.listener, this.executor);
	}

	private WsServer start() throws IOException {
		this.server.start();
		return this.server;
	}

	@AfterEach
	void stop() throws Exception {
		this.server.shutdown().get(20, TimeUnit.SECONDS);
		this.executor.shutdown();
		assertThat(this.server.connections()).isZero();
		assertThat(this.registry.sessions()).isEmpty();
		assertThat(this.listener.engineFailures).isEmpty();
		assertThat(this.listener.closed).hasSameSizeAs(this.listener.opened);
	}

	private static void write(MemoryChannel client, byte[] bytes) throws IOException {
		for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining();) {
			assertThat(client.write(rest, PATIENCE)).as("taken within %s", PATIENCE).isPositive();
		}
	}

	private static byte[] read(MemoryChannel client, int count) throws IOException {
		ByteBuffer target = ByteBuffer.allocate(count);
		while (target.hasRemaining()) {
			assertThat(client.read(target, PATIENCE)).as("read within %s", PATIENCE).isPositive();
		}
		return target.array();
	}

	private static String readHead(MemoryChannel client) throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			head.append((char) read(client, 1)[0]);
		}
		return head.toString();
	}

	/** Everything up to the end. */
	private static byte[] readAll(MemoryChannel client) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		ByteBuffer target = ByteBuffer.allocate(1000);
		for (int count; (count = client.read(target.clear(), PATIENCE)) >= 0;) {
			assertThat(count).as("read within %s", PATIENCE).isPositive();
			all.write(target.array(), 0, count);
		}
		return all.toByteArray();
	}

	private MemoryChannel open(int capacity) throws IOException {
		MemoryChannel client = this.server.connect(capacity);
		write(client, Wire.upgrade("/ws"));
		assertThat(readHead(client)).startsWith("HTTP/1.1 101 ");
		return client;
	}

	@Test
	void aClientShakesHandsAndItsMessagesAreEchoed() throws IOException {
		start();
		try (MemoryChannel client = open(1024)) {
			write(client, Wire.text("hello"));
			assertThat(Wire.frames(read(client, 7))).containsExactly("text hello");
			assertThat(this.listener.opened.get(0).remoteAddress()).isEqualTo(client.localAddress());
		}
		LeakGate.empty(this.server, this.registry);
	}

	@Test
	void aServerWithoutAPortHasNoAddress() throws IOException {
		start();
		assertThat(this.server.hasPort()).isFalse();
		assertThat(this.server.isAccepting()).isTrue();
		assertThatIllegalStateException().isThrownBy(this.server::address).withMessageContaining("no port");
	}

	@Test
	void onlyARunningServerCanBeConnectedTo() throws Exception {
		assertThatIllegalStateException().isThrownBy(this.server::connect).withMessageContaining("not running");
		start().shutdown().get(20, TimeUnit.SECONDS);
		assertThatIllegalStateException().isThrownBy(this.server::connect).withMessageContaining("not running");
	}

	@Test
	void messagesOfAnySizeGoThroughALinkThatCarriesThreeBytesAtATime() throws Exception {
		start();
		MemoryChannel client = open(3);
		byte[] payload = new byte[10_000];
		Arrays.fill(payload, (byte) 7);
		CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> {
			try {
				return read(client, 4 + payload.length);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		write(client, Wire.frame(0x80 | Wire.BINARY, payload));
		assertThat(answer.get(30, TimeUnit.SECONDS)).endsWith(payload);
		client.close();
	}

	@Test
	void aClientThatDoesNotReadBringsBackpressure() throws IOException {
		start();
		MemoryChannel client = open(100);
		Session session = this.listener.opened.get(0);
		PreparedMessage message = PreparedMessage.binary(new byte[50_000]);
		assertThat(session.send(message)).isEqualTo(SendResult.QUEUED);
		await().untilAsserted(() -> assertThat(session.bufferedBytes()).isEqualTo(50_004 - 100));
		for (int i = 0; i < 6; i++) {
			session.send(message);
		}
		assertThat(session.send(message)).isEqualTo(SendResult.BACKPRESSURE);
		assertThat(session.whenWritable()).isNotDone();
		read(client, 8 * 50_004);
		assertThat(session.whenWritable()).succeedsWithin(PATIENCE);
		client.close();
	}

	@Test
	void aServerThatDoesNotReadStopsTheClient() throws Exception {
		CompletableFuture<Void> busy = new CompletableFuture<>();
		this.handler.onText = (session, text) -> busy;
		start();
		MemoryChannel client = open(100);
		byte[] text = Wire.text("x".repeat(50));
		for (int i = 0; i < 64; i++) {
			write(client, text);
		}
		// what one read takes, and what the link holds
		ByteBuffer more = ByteBuffer.wrap(Wire.join(text, text, text, text, text));
		while (client.write(more, Duration.ofMillis(100)) > 0) {
			assertThat(more.hasRemaining()).isTrue();
		}
		busy.complete(null);
		await().until(() -> this.handler.events.size() > 64);
		client.close();
	}

	@Test
	void aClientThatOnlyEndsItsOutputIsSeenAs1006() throws IOException {
		start();
		MemoryChannel client = open(1024);
		client.shutdownOutput();
		assertThat(readAll(client)).isEmpty();
		await().until(() -> this.handler.events.contains("close 1006"));
		client.close();
	}

	@Test
	void anAbortIsSeenAs1006() throws IOException {
		start();
		open(1024).reset();
		await().until(() -> this.handler.events.contains("close 1006"));
		assertThat(this.listener.closed).containsExactly("1006");
	}

	@Test
	void aClosingHandshakeIsAnsweredAndEnded() throws IOException {
		start();
		MemoryChannel client = open(1024);
		write(client, Wire.close(1000, "bye"));
		assertThat(Wire.frames(readAll(client))).containsExactly("close 1000 bye");
		client.close();
		LeakGate.empty(this.server, this.registry);
	}

	@Test
	void aSessionCountsUntilItsHandlerHasHeardOfTheEnd() throws Exception {
		CompletableFuture<Void> heard = new CompletableFuture<>();
		this.handler.onClose = (session, status) -> {
			heard.get(30, TimeUnit.SECONDS);
			return null;
		};
		start();
		assertThat(this.server.sessions()).isZero();
		MemoryChannel client = open(1024);
		write(client, Wire.close(1000, ""));
		readAll(client);
		client.close();
		await().until(() -> this.registry.sessions().isEmpty());
		assertThat(this.server.sessions()).isOne();
		heard.complete(null);
		await().until(() -> this.server.sessions() == 0);
	}

	@Test
	void whoTheServerDropsSeesTheEndWithoutACloseFrame() throws IOException {
		start();
		MemoryChannel client = open(1024);
		this.listener.opened.get(0).terminate();
		assertThat(readAll(client)).isEmpty();
	}

	@Test
	void aShutdownTellsTheClientAndWaitsForIt() throws Exception {
		start();
		MemoryChannel client = open(1024);
		CompletableFuture<Void> stopped = this.server.shutdown();
		assertThat(Wire.frames(read(client, 4))).containsExactly("close 1012");
		assertThat(stopped).isNotDone();
		write(client, Wire.close(1012, ""));
		assertThat(readAll(client)).isEmpty();
		client.close();
		stopped.get(20, TimeUnit.SECONDS);
	}

	@Test
	void limitsCountConnectionsInMemoryLikeOthers() throws IOException {
		this.limits = new ConnectionLimits(10, 2, 0);
		this.server = create();
		start();
		MemoryChannel first = open(1024);
		MemoryChannel second = open(1024);
		MemoryChannel third = this.server.connect();
		write(third, Wire.upgrade("/ws"));
		assertThat(readHead(third)).startsWith("HTTP/1.1 429 ");
		assertThat(this.listener.refusals).singleElement()
			.satisfies((refusal) -> assertThat(refusal.cause()).isEqualTo(RefusalCause.CONNECTIONS_PER_ADDRESS));
		List.of(first, second, third).forEach(MemoryChannel::close);
	}

}
