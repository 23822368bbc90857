package io.github.wsspring.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Requirements for {@link WsServer} on real sockets.
 */
@Timeout(60)
@ExtendWith(LeakGate.class)
class WsServerTests {

	private final RecordingListener listener = new RecordingListener();

	private final RecordingHandler handler = new RecordingHandler();

	private final SessionRegistry registry = new SessionRegistry();

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final List<WsServer> servers = new ArrayList<>();

	private ShutdownOptions shutdown = new ShutdownOptions(CloseStatus.SERVICE_RESTART, Duration.ZERO,
			Duration.ofSeconds(10));

	private ConnectionLimits limits = ConnectionLimits.DEFAULTS;

	private int loops = 2;

	private boolean onExecutor = true;

	WsServerTests() {
		this.handler.onText = RecordingHandler.echo();
		this.handler.onBinary = RecordingHandler.echo();
	}

	private WsServer create(int port) {
		ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), port, 1024, this.loops,
				ServerOptions.HandshakeOptions.DEFAULTS, this.limits, this.shutdown, null,
				ServerOptions.AuthenticationRejection.HTTP, null);
		Endpoint endpoint = new Endpoint("test", this.handler, this.onExecutor ? this.executor : null, List.of(),
				OriginPolicy.ANY, SessionOptions.DEFAULTS);
		WsServer server = new WsServer(options, (path) -> path.equals("/ws") ? new Route(endpoint, Map.of()) : null,
				Authenticator.ANONYMOUS, this.registry, this.listener, this.executor);
		this.servers.add(server);
		return server;
	}

	private WsServer start() throws IOException {
		WsServer server = create(0);
		server.start();
		return server;
	}

	@AfterEach
	void stop() throws Exception {
		for (WsServer server : this.servers) {
			server.shutdown().get(20, TimeUnit.SECONDS);
			assertThat(server.connections()).isZero();
		}
		this.executor.shutdown();
		assertThat(this.registry.sessions()).isEmpty();
		assertThat(this.listener.engineFailures).isEmpty();
		assertThat(this.listener.closed).hasSameSizeAs(this.listener.opened);
	}

	@Test
	void whenPortIsZeroThenTheRealPortIsPublished() throws IOException {
		assertThat(start().address().getPort()).isPositive();
	}

	@Test
	void serverIsStartedOnce() throws IOException {
		WsServer server = start();
		assertThatIllegalStateException().isThrownBy(server::start);
		assertThatIllegalStateException().isThrownBy(() -> create(0).address());
	}

	@Test
	void serverThatWasNeverStartedIsShutDownAtOnce() {
		WsServer server = create(0);
		assertThat(server.shutdown()).isCompleted();
		assertThatIllegalStateException().isThrownBy(server::start);
	}

	@Test
	void portThatIsTakenIsReportedAndNothingIsLeftRunning() throws IOException {
		WsServer second = create(start().address().getPort());
		assertThatExceptionOfType(BindException.class).isThrownBy(second::start);
		assertThat(second.isAccepting()).isFalse();
		assertThat(second.shutdown()).isCompleted();
	}

	@Test
	void tenRestartsGetTheSamePort() throws Exception {
		int port = start().address().getPort();
		for (int i = 0; i < 10; i++) {
			this.servers.get(i).shutdown().get(10, TimeUnit.SECONDS);
			WsServer next = create(port);
			next.start();
			try (Client client = new Client(next)) {
				client.upgrade();
				client.send(Wire.text("again"));
				assertThat(client.frame()).isEqualTo("text again");
			}
		}
	}

	@Test
	void connectionOverTheLimitIsAnswered503AndTheCountIsExactAgain() throws Exception {
		this.limits = new ConnectionLimits(3, 0, 0);
		WsServer server = start();
		for (int round = 0; round < 3; round++) {
			List<Client> inside = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				Client client = new Client(server);
				client.upgrade();
				inside.add(client);
			}
			try (Client outside = new Client(server)) {
				assertThat(outside.all()).startsWith("HTTP/1.1 503 ").contains("Connection: close", "Retry-After: 10");
			}
			for (Client client : inside) {
				client.reset();
			}
			LeakGate.empty(server, this.registry);
		}
	}

	@Test
	void shutdownTellsEachSessionOnceAndFreesThePort() throws Exception {
		WsServer server = start();
		int port = server.address().getPort();
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			Client client = new Client(server);
			client.upgrade();
			clients.add(client);
		}
		CompletableFuture<Void> stopped = server.shutdown();
		for (Client client : clients) {
			assertThat(client.frame()).isEqualTo("close 1012");
			client.send(Wire.close(1012, ""));
			assertThat(client.input.read()).isEqualTo(-1);
			client.close();
		}
		stopped.get(10, TimeUnit.SECONDS);
		await().until(() -> this.listener.closed.size() == 200);
		assertThat(this.listener.closed).containsOnly("1012 SHUTDOWN");
		create(port).start();
	}

	@Test
	void replyOfAHandlerThatFinishesWithinTheGraceGoesFirst() throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		RecordingHandler.Callback echo = this.handler.onText;
		this.handler.onText = (session, argument) -> {
			called.countDown();
			release.await();
			return echo.call(session, argument);
		};
		WsServer server = start();
		try (Client client = new Client(server)) {
			client.upgrade();
			client.send(Wire.text("slow"));
			assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> stopped = server.shutdown();
			assertThat(stopped).isNotDone();
			release.countDown();
			assertThat(client.frame()).isEqualTo("text slow");
			assertThat(client.frame()).isEqualTo("close 1012");
		}
	}

	@Test
	void whoIsLeftWhenTheGraceIsOverIsDropped() throws Exception {
		this.shutdown = new ShutdownOptions(CloseStatus.GOING_AWAY, Duration.ZERO, Duration.ofMillis(200));
		WsServer server = start();
		try (Client mute = new Client(server)) {
			mute.upgrade();
			server.shutdown().get(10, TimeUnit.SECONDS);
			assertThat(mute.frame()).isEqualTo("close 1001");
		}
	}

	@Test
	void connectionThatComesDuringTheShutdownDoesNotHoldItUp() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch called = new CountDownLatch(1);
		this.handler.onText = (session, argument) -> {
			called.countDown();
			release.await();
			return null;
		};
		WsServer server = start();
		try (Client busy = new Client(server)) {
			busy.upgrade();
			busy.send(Wire.text("hold"));
			assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> stopped = server.shutdown();
			try (Client late = new Client(server)) {
				assertThat(late.all()).startsWith("HTTP/1.1 503 ");
			}
			release.countDown();
			assertThat(busy.frame()).isEqualTo("close 1012");
			busy.send(Wire.close(1012, ""));
			stopped.get(8, TimeUnit.SECONDS);
		}
	}

	@Test
	void resetsAnywhereLeaveNothingBehind() throws Exception {
		long seed = System.nanoTime();
		System.out.println("WsServerTests seed " + seed);
		Random random = new Random(seed);
		WsServer server = start();
		byte[] conversation = Wire.join(Wire.upgrade("/ws"), Wire.text("hello"), Wire.frame(0x82, new byte[2000]),
				Wire.ping("p"));
		for (int i = 0; i < 400; i++) {
			Client client = new Client(server);
			client.send(java.util.Arrays.copyOf(conversation, random.nextInt(conversation.length + 1)));
			client.reset();
		}
		LeakGate.empty(server, this.registry);
		await().until(() -> this.handler.events.stream()
			.filter("close 1006"::equals)
			.count() == this.handler.events.stream().filter("open"::equals).count());
	}

	@Test
	void peerThatOnlyClosesItsHalfIsLetGoAtOnce() throws Exception {
		WsServer server = start();
		try (Client client = new Client(server)) {
			client.upgrade();
			client.socket.shutdownOutput();
			assertThat(client.input.read()).isEqualTo(-1);
		}
		LeakGate.empty(server, this.registry);
		await().until(() -> this.handler.events.contains("close 1006"));
	}

	@Test
	void closeArrivesAlthoughThereIsUnreadInput() throws Exception {
		this.onExecutor = false;
		this.handler.onText = (session, argument) -> {
			session.close(new CloseStatus(4000, "enough"));
			return null;
		};
		WsServer server = start();
		byte[] flood = Wire.frame(0x82, new byte[60_000]);
		for (int i = 0; i < 100; i++) {
			try (Client client = new Client(server)) {
				client.upgrade();
				client.send(Wire.join(Wire.text("x"), flood, flood));
				assertThat(client.frame()).isEqualTo("close 4000 enough");
			}
		}
	}

	@Test
	void handlerThatIsBlockedHoldsUpNoOtherSession() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		RecordingHandler.Callback echo = this.handler.onText;
		this.handler.onText = (session, argument) -> {
			if (argument.equals("block")) {
				release.await();
			}
			return echo.call(session, argument);
		};
		WsServer server = start();
		try (Client blocked = new Client(server); Client other = new Client(server)) {
			blocked.upgrade();
			other.upgrade();
			blocked.send(Wire.text("block"));
			for (int i = 0; i < 100; i++) {
				other.send(Wire.text("m" + i));
				assertThat(other.frame()).isEqualTo("text m" + i);
			}
			blocked.send(Wire.ping("p"));
			assertThat(blocked.frame()).isEqualTo("pong p");
			release.countDown();
			assertThat(blocked.frame()).isEqualTo("text block");
		}
	}

	@Test
	void clientOfTheJdkTalksWithUs() throws Exception {
		WsServer server = start();
		Recorder recorder = new Recorder();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(uri(server), recorder)
			.get(10, TimeUnit.SECONDS);
		socket.sendText("frag", false).join();
		socket.sendText("ments \u20ac", true).join();
		assertThat(recorder.next()).isEqualTo("text fragments \u20ac");
		socket.sendBinary(ByteBuffer.wrap(new byte[50_000]), true).join();
		assertThat(recorder.next()).isEqualTo("binary 50000");
		socket.sendPing(ByteBuffer.wrap(Wire.ascii("hi"))).join();
		assertThat(recorder.next()).isEqualTo("pong hi");
		socket.sendClose(4001, "done").join();
		assertThat(recorder.next()).isEqualTo("close 4001 done");
		await().until(() -> this.handler.events.contains("close 4001"));
	}

	@Test
	void clientOfTheJdkHearsOurClose() throws Exception {
		WsServer server = start();
		Recorder recorder = new Recorder();
		HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri(server), recorder).get(10, TimeUnit.SECONDS);
		await().until(() -> this.listener.opened.size() == 1);
		this.listener.opened.get(0).close(new CloseStatus(4002, "our turn"));
		assertThat(recorder.next()).isEqualTo("close 4002 our turn");
		LeakGate.empty(server, this.registry);
	}

	@Test
	void javaWebSocketTalksWithUs() throws Exception {
		WsServer server = start();
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		WebSocketClient client = new WebSocketClient(uri(server)) {
			@Override
			public void onOpen(ServerHandshake handshake) {
				heard.add("open " + handshake.getHttpStatus());
			}

			@Override
			public void onMessage(String message) {
				heard.add("text " + message);
			}

			@Override
			public void onMessage(ByteBuffer bytes) {
				heard.add("binary " + bytes.remaining());
			}

			@Override
			public void onClose(int code, String reason, boolean remote) {
				heard.add("close " + code + " " + reason);
			}

			@Override
			public void onError(Exception ex) {
				heard.add("error " + ex);
			}
		};
		client.setConnectionLostTimeout(0);
		assertThat(client.connectBlocking(10, TimeUnit.SECONDS)).isTrue();
		client.send("hello");
		client.send(new byte[1000]);
		client.sendFragmentedFrame(org.java_websocket.enums.Opcode.TEXT,
				ByteBuffer.wrap("a".getBytes(StandardCharsets.UTF_8)), false);
		client.sendFragmentedFrame(org.java_websocket.enums.Opcode.TEXT,
				ByteBuffer.wrap("b".getBytes(StandardCharsets.UTF_8)), true);
		for (String expected : List.of("open 101", "text hello", "binary 1000", "text ab")) {
			assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
		}
		client.closeBlocking();
		assertThat(heard.poll(10, TimeUnit.SECONDS)).startsWith("close 1000");
		LeakGate.empty(server, this.registry);
	}

	private static URI uri(WsServer server) {
		return URI.create("ws://127.0.0.1:" + server.address().getPort() + "/ws");
	}

	/** A client that can be rude. */
	private static final class Client implements AutoCloseable {

		private final Socket socket = new Socket();

		private final DataInputStream input;

		Client(WsServer server) throws IOException {
			this.socket.setSoTimeout(15_000);
			this.socket.setTcpNoDelay(true);
			this.socket.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()), 10_000);
			InputStream stream = this.socket.getInputStream();
			this.input = new DataInputStream(stream);
		}

		void send(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
		}

		void upgrade() throws IOException {
			send(Wire.upgrade("/ws"));
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) this.input.readUnsignedByte());
			}
			assertThat(head).startsWith("HTTP/1.1 101 ");
		}

		String frame() throws IOException {
			byte[] header = this.input.readNBytes(2);
			int length = header[1] & 0x7f;
			assertThat(length).isLessThan(126);
			return Wire.frames(Wire.join(header, this.input.readNBytes(length))).get(0);
		}

		String all() throws IOException {
			return new String(this.input.readAllBytes(), StandardCharsets.ISO_8859_1);
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	private static final class Recorder implements WebSocket.Listener {

		private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		private final StringBuilder text = new StringBuilder();

		private int binary;

		String next() throws InterruptedException {
			return String.valueOf(this.heard.poll(10, TimeUnit.SECONDS));
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.heard.add("text " + this.text);
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			this.binary += data.remaining();
			if (last) {
				this.heard.add("binary " + this.binary);
			}
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
			this.heard.add("pong " + StandardCharsets.UTF_8.decode(message));
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.heard.add("close " + code + " " + reason);
			return null;
		}

	}

}
