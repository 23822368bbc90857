package io.github.wsspring.interop;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

import javax.net.ssl.SSLContext;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import org.apache.tomcat.websocket.WsWebSocketContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * Tomcat's client, by the API of Jakarta WebSocket.
 */
final class TomcatClient implements Client {

	private static final int BUFFER = 2 * 1024 * 1024;

	private final WsWebSocketContainer container = new WsWebSocketContainer();

	private final SSLContext trust;

	private final List<Extension> extensions;

	TomcatClient(SslBundle trust, boolean compresses) {
		this.trust = trust.createSslContext();
		this.extensions = compresses ? List.copyOf(this.container.getInstalledExtensions()) : List.of();
		this.container.setDefaultMaxTextMessageBufferSize(BUFFER);
		this.container.setDefaultMaxBinaryMessageBufferSize(BUFFER);
	}

	@Override
	public Session connect(URI uri, Inbox inbox) throws Exception {
		ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
			.extensions(this.extensions)
			.sslContext(this.trust)
			.build();
		return new TomcatSession(this.container.connectToServer(new Peer(inbox), config, uri));
	}

	@Override
	public void stop() {
		this.container.destroy();
	}

	private record TomcatSession(jakarta.websocket.Session session) implements Session {

		@Override
		public @Nullable String extensions() {
			List<Extension> negotiated = this.session.getNegotiatedExtensions();
			return negotiated.isEmpty() ? null : negotiated.get(0).getName();
		}

		@Override
		public void text(String text) throws IOException {
			this.session.getBasicRemote().sendText(text);
		}

		@Override
		public void binary(byte[] data) throws IOException {
			this.session.getBasicRemote().sendBinary(ByteBuffer.wrap(data));
		}

		@Override
		public void fragments(String... parts) throws IOException {
			for (int i = 0; i < parts.length; i++) {
				this.session.getBasicRemote().sendText(parts[i], i == parts.length - 1);
			}
		}

		@Override
		public void ping(byte[] payload) throws IOException {
			this.session.getBasicRemote().sendPing(ByteBuffer.wrap(payload));
		}

		@Override
		public void close(int code, String reason) throws IOException {
			this.session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
		}

	}

	private static final class Peer extends Endpoint {

		private final Inbox inbox;

		Peer(Inbox inbox) {
			this.inbox = inbox;
		}

		@Override
		public void onOpen(jakarta.websocket.Session session, EndpointConfig config) {
			MessageHandler.Whole<PongMessage> pongs = (pong) -> this.inbox.pong(pong.getApplicationData());
			session.addMessageHandler(String.class, this.inbox::text);
			session.addMessageHandler(ByteBuffer.class, this.inbox::binary);
			session.addMessageHandler(PongMessage.class, pongs);
		}

		@Override
		public void onClose(jakarta.websocket.Session session, CloseReason reason) {
			this.inbox.closed(reason.getCloseCode().getCode(), reason.getReasonPhrase());
		}

		@Override
		public void onError(jakarta.websocket.Session session, Throwable failure) {
			this.inbox.failed(failure);
		}

	}

}
