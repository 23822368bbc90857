package io.github.wsspring.interop;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import javax.net.SocketFactory;

import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Java-WebSocket.
 */
final class JavaWebSocketClient implements Client {

	private final SocketFactory tlsSockets;

	private final boolean compresses;

	JavaWebSocketClient(SslBundle trust, boolean compresses) {
		this.tlsSockets = trust.createSslContext().getSocketFactory();
		this.compresses = compresses;
	}

	@Override
	public Session connect(URI uri, Inbox inbox) throws Exception {
		Peer peer = new Peer(uri, this.compresses ? new Draft_6455(new PerMessageDeflateExtension()) : new Draft_6455(),
				inbox);
		if (uri.getScheme().equals("wss")) {
			peer.setSocketFactory(this.tlsSockets);
		}
		assertThat(peer.connectBlocking(10, TimeUnit.SECONDS)).isTrue();
		return peer;
	}

	private static final class Peer extends WebSocketClient implements Session {

		private final Inbox inbox;

		private volatile @Nullable String extensions;

		Peer(URI uri, Draft_6455 draft, Inbox inbox) {
			super(uri, draft);
			this.inbox = inbox;
			setConnectionLostTimeout(0);
		}

		@Override
		public @Nullable String extensions() {
			return this.extensions;
		}

		@Override
		public void text(String text) {
			send(text);
		}

		@Override
		public void binary(byte[] data) {
			send(data);
		}

		@Override
		public void fragments(String... parts) {
			for (int i = 0; i < parts.length; i++) {
				ByteBuffer part = ByteBuffer.wrap(parts[i].getBytes(StandardCharsets.UTF_8));
				sendFragmentedFrame(Opcode.TEXT, part, i == parts.length - 1);
			}
		}

		@Override
		public void ping(byte[] payload) {
			PingFrame ping = new PingFrame();
			ping.setPayload(ByteBuffer.wrap(payload));
			sendFrame(ping);
		}

		@Override
		public void onOpen(ServerHandshake handshake) {
			this.extensions = handshake.hasFieldValue("Sec-WebSocket-Extensions")
					? handshake.getFieldValue("Sec-WebSocket-Extensions") : null;
		}

		@Override
		public void onMessage(String message) {
			this.inbox.text(message);
		}

		@Override
		public void onMessage(ByteBuffer bytes) {
			this.inbox.binary(bytes);
		}

		@Override
		public void onWebsocketPong(WebSocket connection, Framedata pong) {
			this.inbox.pong(pong.getPayloadData());
		}

		/**
		 * Sends the frame and no more: the client's own way closes the socket, now and
		 * then before the frame was written.
		 */
		@Override
		public void close(int code, String reason) {
			CloseFrame frame = new CloseFrame();
			frame.setCode(code);
			frame.setReason(reason);
			sendFrame(frame);
		}

		@Override
		public void onClose(int code, String reason, boolean remote) {
			this.inbox.closed(code, reason);
		}

		@Override
		public void onError(Exception ex) {
			this.inbox.failed(ex);
		}

	}

}
