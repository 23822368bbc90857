package io.github.wsspring.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.github.wsspring.TestCertificates;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.ServerListener.Refusal;
import io.github.wsspring.server.ServerListener.RefusalCause;
import org.awaitility.Awaitility;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a server that speaks TLS, with clients that others wrote.
 */
@Timeout(60)
class TlsServerTests implements SessionHandler, ServerListener {

	private static final SSLContext CLIENT = TestCertificates.client().context(TestCertificates.server());

	private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();

	private final BlockingQueue<CloseStatus> ends = new LinkedBlockingQueue<>();

	private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

	private final List<Socket> sockets = new ArrayList<>();

	private WsServer server = newServer();

	private WsServer newServer() {
		ServerOptions defaults = ServerOptions.DEFAULTS;
		ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 1024, 2, defaults.handshake(),
				defaults.limits(), defaults.shutdown(), null, defaults.rejection(), TestCertificates.engines());
		Route route = new Route(
				new Endpoint("echo", this, null, List.of(), OriginPolicy.SAME_HOST, SessionOptions.DEFAULTS), Map.of());
		return new WsServer(options, (path) -> route, Authenticator.ANONYMOUS, new SessionRegistry(), this,
				Runnable::run);
	}

	@BeforeEach
	void start() throws IOException {
		this.server.start();
	}

	@AfterEach
	void nothingIsLeftAndNothingFailed() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		Awaitility.await().until(() -> this.server.connections() == 0);
		this.server.shutdown().join();
		assertThat(this.failures).isEmpty();
	}

	@Override
	public @Nullable CompletionStage<?> onText(Session session, String text) {
		session.send(PreparedMessage.text(text));
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
		session.send(PreparedMessage.binary(data));
		return null;
	}

	@Override
	public void onClose(Session session, CloseStatus status) {
		this.ends.add(status);
	}

	@Override
	public void refused(Refusal refusal) {
		this.refusals.add(refusal);
	}

	@Override
	public void engineFailed(String what, Throwable failure) {
		this.failures.add(failure);
	}

	@Test
	void clientOfTheJdkIsServed() throws Exception {
		HttpClient client = HttpClient.newBuilder().sslContext(CLIENT).build();
		for (int i = 0; i < 5; i++) {
			echoWithTheJdk(client, "x".repeat(1 + 15_000 * i));
			assertThat(nextEnd().code()).isEqualTo(1000);
		}
	}

	private void echoWithTheJdk(HttpClient client, String text) throws Exception {
		CompletableFuture<String> echo = new CompletableFuture<>();
		CompletableFuture<Integer> closed = new CompletableFuture<>();
		StringBuilder received = new StringBuilder();
		WebSocket webSocket = client.newWebSocketBuilder()
			.buildAsync(URI.create("wss://localhost:" + port() + "/"), new WebSocket.Listener() {
				@Override
				public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
					received.append(data);
					if (last) {
						echo.complete(received.toString());
					}
					webSocket.request(1);
					return null;
				}

				@Override
				public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
					closed.complete(statusCode);
					return null;
				}

				@Override
				public void onError(WebSocket webSocket, Throwable error) {
					closed.completeExceptionally(error);
					echo.completeExceptionally(error);
				}
			})
			.get(20, TimeUnit.SECONDS);
		webSocket.sendText(text, true).get(10, TimeUnit.SECONDS);
		assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo(text);
		webSocket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
		assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
	}

	@Test
	void clientOfJavaWebSocketIsServed() throws Exception {
		BlockingQueue<String> texts = new LinkedBlockingQueue<>();
		CompletableFuture<Integer> closed = new CompletableFuture<>();
		WebSocketClient client = new WebSocketClient(URI.create("wss://localhost:" + port() + "/")) {
			@Override
			public void onOpen(ServerHandshake handshake) {
				send("hello");
			}

			@Override
			public void onMessage(String message) {
				texts.add(message);
				// close() would close the socket, now and then before the frame was
				// written
				CloseFrame frame = new CloseFrame();
				frame.setCode(4000);
				sendFrame(frame);
			}

			@Override
			public void onClose(int code, String reason, boolean remote) {
				closed.complete(code);
			}

			@Override
			public void onError(Exception ex) {
				closed.completeExceptionally(ex);
			}
		};
		client.setSocketFactory(CLIENT.getSocketFactory());
		client.connect();
		assertThat(texts.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
		assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(4000);
		assertThat(nextEnd().code()).isEqualTo(4000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void truncationIs1006(String protocol) throws Exception {
		Socket plain = connect();
		SSLSocket socket = upgrade(plain, protocol);
		assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
		// the end of TCP without that of TLS
		plain.shutdownOutput();
		assertThat(nextEnd()).isEqualTo(CloseStatus.ABNORMAL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void closeNotifyWithoutACloseFrameIs1006(String protocol) throws Exception {
		SSLSocket socket = upgrade(connect(), protocol);
		socket.shutdownOutput();
		assertThat(nextEnd()).isEqualTo(CloseStatus.ABNORMAL);
		assertThat(socket.getInputStream().read()).isEqualTo(-1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void closeFrameIsAnsweredEvenIfACloseNotifyFollowsIt(String protocol) throws Exception {
		for (int i = 0; i < 20; i++) {
			SSLSocket socket = upgrade(connect(), protocol);
			socket.getOutputStream().write(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x0f, (byte) 0xa0 });
			socket.shutdownOutput();
			assertThat(nextEnd().code()).isEqualTo(4000);
			byte[] answer = socket.getInputStream().readAllBytes();
			if (protocol.equals("TLSv1.3") || answer.length > 0) {
				assertThat(answer).containsExactly(0x88, 2, 0x0f, 0xa0);
			}
		}
	}

	@Test
	void hundredStalledHellosDoNotHoldUpOthers() throws Exception {
		byte[] hello = { 0x16, 3, 1, 2, 0, 1 };
		for (int i = 0; i < 100; i++) {
			Socket stalled = connect();
			stalled.getOutputStream().write(hello, 0, i % hello.length);
		}
		Awaitility.await().until(() -> this.server.connections() == 100);
		for (int i = 0; i < 10; i++) {
			upgrade(connect(), "TLSv1.3");
		}
		assertThat(this.refusals).isEmpty();
	}

	@Test
	void hundredConnectionsAreResetInTheirHandshakes() throws Exception {
		byte[] hello = { 0x16, 3, 1, 2, 0, 1 };
		for (int i = 0; i < 100; i++) {
			Socket socket = connect();
			socket.getOutputStream().write(hello, 0, i % hello.length);
			socket.setSoLinger(true, 0);
			socket.close();
		}
		upgrade(connect(), "TLSv1.2");
	}

	@Test
	void hundredClientsThatComeAtOnceAreAllServed() throws Exception {
		List<CompletableFuture<Void>> done = new ArrayList<>();
		HttpClient client = HttpClient.newBuilder().sslContext(CLIENT).build();
		for (int i = 0; i < 100; i++) {
			done.add(CompletableFuture.runAsync(() -> {
				try {
					echoWithTheJdk(client, "hello");
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}));
		}
		CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
		assertThat(this.refusals).isEmpty();
	}

	@Test
	void plainHttpIsRefusedAtOnceAndCalledByItsName() throws Exception {
		Socket socket = connect();
		socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		Refusal refusal = this.refusals.poll(10, TimeUnit.SECONDS);
		assertThat(refusal).isNotNull();
		assertThat(refusal.cause()).isEqualTo(RefusalCause.TLS);
		assertThat(refusal.detail()).contains("plain text").contains("wss://");
		readToTheEnd(socket);
		assertThat(this.refusals).isEmpty();
	}

	@Test
	void clientThatDoesNotTrustTheCertificateIsReportedOnce() throws Exception {
		TestCertificates stranger = TestCertificates.client();
		try (SSLSocket socket = (SSLSocket) stranger.context(stranger)
			.getSocketFactory()
			.createSocket(connect(), "localhost", port(), true)) {
			assertThatExceptionOfType(SSLException.class).isThrownBy(socket::startHandshake);
		}
		Refusal refusal = this.refusals.poll(10, TimeUnit.SECONDS);
		assertThat(refusal).isNotNull();
		assertThat(refusal.detail()).contains("certificate_unknown");
		assertThat(this.refusals).isEmpty();
	}

	private int port() {
		return this.server.address().getPort();
	}

	private CloseStatus nextEnd() throws InterruptedException {
		CloseStatus end = this.ends.poll(10, TimeUnit.SECONDS);
		assertThat(end).isNotNull();
		return end;
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", port());
		socket.setSoTimeout(10_000);
		this.sockets.add(socket);
		return socket;
	}

	private SSLSocket upgrade(Socket plain, String protocol) throws IOException {
		SSLSocket socket = (SSLSocket) CLIENT.getSocketFactory().createSocket(plain, "localhost", port(), false);
		socket.setEnabledProtocols(new String[] { protocol });
		socket.getOutputStream()
			.write(("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		StringBuilder head = new StringBuilder();
		InputStream input = socket.getInputStream();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) input.read());
		}
		assertThat(head).startsWith("HTTP/1.1 101 ");
		return socket;
	}

	private static void readToTheEnd(Socket socket) throws IOException {
		try (InputStream input = socket.getInputStream()) {
			input.transferTo(new ByteArrayOutputStream());
		}
	}

}
