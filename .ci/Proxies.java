import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What proxies.sh checks, with the JDK's own client: one line for each check.
 */
class Proxies {

	private static final String TOKEN = "alice-demo-token";

	private static final Duration IDLE = Duration.ofSeconds(8);

	private final String name;

	private final String base;

	private final String origin;

	private final HttpClient client;

	private boolean failed;

	private Proxies(String name, int port, SSLContext trust) {
		this.name = name;
		this.base = "wss://localhost:" + port;
		this.origin = "https://localhost:" + port;
		this.client = HttpClient.newBuilder().sslContext(trust).build();
	}

	public static void main(String[] args) throws Exception {
		if (args[0].equals("ports")) {
			System.out.println(freePorts(Integer.parseInt(args[1])));
			return;
		}
		SSLContext trust = trust(Path.of(args[1]));
		await(Integer.parseInt(args[2]));
		boolean failed = false;
		for (String proxy : Arrays.copyOfRange(args, 3, args.length)) {
			int port = Integer.parseInt(proxy.substring(proxy.indexOf('=') + 1));
			await(port);
			Proxies proxies = new Proxies(proxy.substring(0, proxy.indexOf('=')), port, trust);
			proxies.run();
			failed |= proxies.failed;
		}
		System.exit(failed ? 1 : 0);
	}

	private static String freePorts(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		StringBuilder ports = new StringBuilder();
		for (int i = 0; i < count; i++) {
			ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
			sockets.add(socket);
			ports.append(socket.getLocalPort()).append(' ');
		}
		for (ServerSocket socket : sockets) {
			socket.close();
		}
		return ports.toString();
	}

	private static SSLContext trust(Path certificate) throws Exception {
		KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
		anchors.load(null, null);
		try (InputStream file = Files.newInputStream(certificate)) {
			anchors.setCertificateEntry("proxy", CertificateFactory.getInstance("X.509").generateCertificate(file));
		}
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(anchors);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

	/** Until somebody listens, for a minute at most. */
	private static void await(int port) throws Exception {
		Instant end = Instant.now().plusSeconds(60);
		while (true) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			}
			catch (IOException ex) {
				if (Instant.now().isAfter(end)) {
					throw new IOException("Nobody listens on port " + port, ex);
				}
				Thread.sleep(100);
			}
		}
	}

	private void run() {
		check("the upgrade is passed on", () -> {
			Session session = connect("/echo", this.origin);
			session.send("hello");
			return session.expect("hello");
		});
		check("a page of the same host may connect, one of another may not", () -> {
			connect("/echo", "https://localhost");
			return refusal("https://evil.example").equals("403") ? "" : "got " + refusal("https://evil.example");
		});
		check("a message of 1 MiB comes back", () -> {
			byte[] data = new byte[1024 * 1024];
			new Random(1).nextBytes(data);
			Session session = connect("/echo", this.origin);
			session.webSocket.sendBinary(ByteBuffer.wrap(data), true).join();
			return session.expect(ByteBuffer.wrap(data));
		});
		check("the client's close code is passed on, and the answer", () -> {
			Session session = connect("/echo", this.origin);
			session.webSocket.sendClose(4001, "enough").join();
			return session.expect("closed 4001 enough");
		});
		check("the server's close code is passed on", () -> {
			Session session = new Session();
			open(session, this.client.newWebSocketBuilder(), "/echo");
			return session.expectStart("closed 4401 ");
		});
		check("a session that is idle for " + IDLE.toSeconds() + " s is kept by the heartbeat", () -> {
			Session session = connect("/echo", this.origin);
			Object event = session.next(IDLE);
			if (event != null) {
				return "was " + event;
			}
			session.send("still there");
			return session.expect("still there");
		});
		check("a session without heartbeat is cut, so the proxy's timeout is real", () -> {
			Session session = connect("/rooms/idle", this.origin);
			session.expectStart("{");
			Object event = session.next(IDLE);
			return (event != null) ? "" : "was kept";
		});
	}

	private void check(String title, Check check) {
		String problem;
		try {
			problem = check.run();
		}
		catch (Exception ex) {
			problem = ex.toString();
		}
		this.failed |= !problem.isEmpty();
		System.out.println(
				(problem.isEmpty() ? "ok      " : "FAILED  ") + this.name + ": " + title + (problem.isEmpty() ? "" : ": " + problem));
	}

	private Session connect(String path, String origin) {
		Session session = new Session();
		open(session, this.client.newWebSocketBuilder().header("Origin", origin).header("Authorization", "Bearer " + TOKEN),
				path);
		return session;
	}

	private void open(Session session, WebSocket.Builder builder, String path) {
		session.webSocket = builder.buildAsync(URI.create(this.base + path), session).join();
	}

	private String refusal(String origin) {
		try {
			connect("/echo", origin);
			return "a session";
		}
		catch (CompletionException ex) {
			return (ex.getCause() instanceof WebSocketHandshakeException refused)
					? Integer.toString(refused.getResponse().statusCode()) : ex.toString();
		}
	}

	/** Tells what is wrong, nothing if nothing is. */
	private interface Check {

		String run() throws Exception;

	}

	/** Collects what arrives. */
	private static final class Session implements WebSocket.Listener {

		private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

		private final StringBuilder text = new StringBuilder();

		private final ByteBuffer data = ByteBuffer.allocate(2 * 1024 * 1024);

		private volatile WebSocket webSocket;

		void send(String text) {
			this.webSocket.sendText(text, true).join();
		}

		Object next(Duration patience) throws InterruptedException {
			return this.events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
		}

		String expect(Object expected) throws InterruptedException {
			Object event = next(Duration.ofSeconds(10));
			return Objects.equals(event, expected) ? "" : "got " + event;
		}

		String expectStart(String expected) throws InterruptedException {
			Object event = next(Duration.ofSeconds(10));
			return String.valueOf(event).startsWith(expected) ? "" : "got " + event;
		}

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
			this.text.append(part);
			if (last) {
				this.events.add(this.text.toString());
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer part, boolean last) {
			this.data.put(part);
			if (last) {
				byte[] whole = new byte[this.data.flip().remaining()];
				this.data.get(whole).clear();
				this.events.add(ByteBuffer.wrap(whole));
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
			this.events.add("closed " + code + " " + reason);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable failure) {
			this.events.add(failure);
		}

	}

}
