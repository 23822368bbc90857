package io.github.wsspring.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.DeflatePool;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import io.github.wsspring.server.SessionOptions.Overflow;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for compression between a server and its sockets.
 */
@Timeout(60)
class DeflateServerTests implements SessionHandler {

	private static final String TAKEOVER = "permessage-deflate; client_max_window_bits";

	/** "Hello", compressed and masked with zeros. */
	private static final byte[] HELLO = HexFormat.of().parseHex("c18700000000f248cdc9c90700");

	private final SessionRegistry registry = new SessionRegistry();

	private final List<Socket> sockets = new ArrayList<>();

	private @Nullable WsServer server;

	private DeflatePool pool = new DeflatePool(0);

	@BeforeEach
	void start() throws IOException {
		start(Overflow.CLOSE);
	}

	private void start(Overflow overflow) throws IOException {
		SessionOptions defaults = SessionOptions.DEFAULTS;
		SessionOptions options = new SessionOptions(defaults.limits(), defaults.maxPending(), null, null, null,
				new OutboundOptions(512 * 1024, Duration.ofSeconds(10), overflow), new DeflateOptions(16, -1, true));
		Route route = new Route(new Endpoint("echo", this, null, List.of(), OriginPolicy.SAME_HOST, options), Map.of());
		WsServer started = new WsServer(ServerOptions.DEFAULTS, (path) -> route, Authenticator.ANONYMOUS, this.registry,
				ServerListener.NONE, Runnable::run);
		started.start();
		this.server = started;
		ServerContext context = (ServerContext) ReflectionTestUtils.getField(started, "context");
		assertThat(context).isNotNull();
		this.pool = context.deflatePool();
	}

	@AfterEach
	void afterTheShutdownNoCompressorIsLeft() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		stop();
		assertThat(this.pool.live()).isZero();
	}

	private void stop() {
		if (this.server != null) {
			this.server.shutdown().join();
		}
	}

	@Override
	public @Nullable CompletionStage<?> onText(Session session, String text) {
		if (text.equals("Hello")) {
			session.terminate();
		}
		else {
			session.send(PreparedMessage.text(text));
		}
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
		return null;
	}

	@Test
	void contextsAreTakenOverIfSoConfigured() throws IOException {
		assertThat(connect(TAKEOVER).response).contains("Sec-WebSocket-Extensions: permessage-deflate\r\n");
	}

	@Test
	void contextsAreNotTakenOverWhereOldMessagesMayBeDropped() throws IOException {
		stop();
		start(Overflow.DROP_OLDEST);
		assertThat(connect(TAKEOVER).response).contains("; server_no_context_takeover");
	}

	@Test
	void malformedOffersAreAnsweredWith400() throws IOException {
		assertThat(connect("permessage-deflate; =").response).startsWith("HTTP/1.1 400 ");
	}

	@Test
	void offersThatAreAllIllegalLeadToPlainMessages() throws IOException {
		Client client = connect("permessage-deflate; server_max_window_bits=7, permessage-deflate; unknown");
		assertThat(client.response).startsWith("HTTP/1.1 101 ").doesNotContain("Sec-WebSocket-Extensions");
		client.send(HELLO);
		byte[] close = client.readFrame();
		assertThat(close).startsWith(0x88);
		assertThat((close[2] & 0xff) << 8 | close[3] & 0xff).isEqualTo(1002);
	}

	@Test
	void broadcastToHundredSessionsIsCompressedOnce() throws IOException {
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			clients.add(connect("permessage-deflate; server_no_context_takeover"));
		}
		Awaitility.await().until(() -> this.registry.sessions().size() == 100);
		this.registry.send(this.registry.sessions(), null, PreparedMessage.text("again and ".repeat(500)));
		byte[] first = clients.get(0).readFrame();
		assertThat(first).hasSizeLessThan(200);
		assertThat(first[0]).isEqualTo((byte) 0xc1);
		for (Client client : clients.subList(1, 100)) {
			assertThat(client.readFrame()).isEqualTo(first);
		}
		assertThat(this.pool.live()).isEqualTo(1);
	}

	@Test
	void connectionsResetInAMessageGiveEverythingBack() throws IOException {
		for (int i = 0; i < 300; i++) {
			Client client = connect((i % 2 == 0) ? TAKEOVER : "permessage-deflate; client_no_context_takeover");
			client.send(HexFormat.of().parseHex("418300000000f248cd"));
			client.socket.setSoLinger(true, 0);
			client.socket.close();
		}
		Awaitility.await().until(() -> this.registry.sessions().isEmpty());
		assertThat(this.pool.live()).isLessThanOrEqualTo(4);
	}

	@Test
	void whatArrivesTogetherWithTheMessageThatEndsTheSessionBorrowsNothing() throws IOException {
		for (int i = 0; i < 20; i++) {
			Client client = connect((i % 2 == 0) ? TAKEOVER : "permessage-deflate; client_no_context_takeover");
			client.send(HELLO, HELLO, HexFormat.of().parseHex("418300000000f248cd"));
			assertThat(client.input.read()).isEqualTo(-1);
		}
		stop();
		assertThat(this.pool.live()).isZero();
	}

	private Client connect(String offers) throws IOException {
		assertThat(this.server).isNotNull();
		Socket socket = new Socket("127.0.0.1", this.server.address().getPort());
		socket.setSoTimeout(10_000);
		this.sockets.add(socket);
		return new Client(socket, offers);
	}

	private static final class Client {

		private final Socket socket;

		private final DataInputStream input;

		private final String response;

		Client(Socket socket, String offers) throws IOException {
			this.socket = socket;
			this.input = new DataInputStream(socket.getInputStream());
			send(("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
					+ "Sec-WebSocket-Extensions: " + offers + "\r\n\r\n")
				.getBytes(StandardCharsets.ISO_8859_1));
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) this.input.readUnsignedByte());
			}
			this.response = head.toString();
		}

		void send(byte[]... pieces) throws IOException {
			ByteArrayOutputStream joined = new ByteArrayOutputStream();
			for (byte[] piece : pieces) {
				joined.writeBytes(piece);
			}
			OutputStream output = this.socket.getOutputStream();
			output.write(joined.toByteArray());
		}

		/** A whole frame of less than 64 KiB. */
		byte[] readFrame() throws IOException {
			ByteArrayOutputStream frame = new ByteArrayOutputStream();
			frame.write(this.input.readUnsignedByte());
			int length = this.input.readUnsignedByte();
			frame.write(length);
			if (length == 126) {
				length = this.input.readUnsignedShort();
				frame.write(length >> 8);
				frame.write(length);
			}
			frame.writeBytes(this.input.readNBytes(length));
			return frame.toByteArray();
		}

	}

}
