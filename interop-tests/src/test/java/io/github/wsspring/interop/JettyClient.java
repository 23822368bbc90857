package io.github.wsspring.interop;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * Jetty's client.
 */
final class JettyClient implements Client {

	private static final int MAX_MESSAGE = 2 * 1024 * 1024;

	private final WebSocketClient client;

	private final boolean compresses;

	JettyClient(SslBundle trust, boolean compresses) {
		SslContextFactory.Client ssl = new SslContextFactory.Client();
		ssl.setSslContext(trust.createSslContext());
		HttpClient http = new HttpClient();
		http.setSslContextFactory(ssl);
		this.client = new WebSocketClient(http);
		this.client.setMaxTextMessageSize(MAX_MESSAGE);
		this.client.setMaxBinaryMessageSize(MAX_MESSAGE);
		this.client.setIdleTimeout(Duration.ofSeconds(30));
		this.compresses = compresses;
	}

	@Override
	public Session connect(URI uri, Inbox inbox) throws Exception {
		this.client.start();
		ClientUpgradeRequest request = new ClientUpgradeRequest(uri);
		if (this.compresses) {
			request.addExtensions("permessage-deflate");
		}
		return new JettySession(this.client.connect(new Peer(inbox), request).get(10, TimeUnit.SECONDS));
	}

	@Override
	public void stop() throws Exception {
		this.client.close();
	}

	private record JettySession(org.eclipse.jetty.websocket.api.Session session) implements Session {

		@Override
		public @Nullable String extensions() {
			return this.session.getUpgradeResponse().getHeader("Sec-WebSocket-Extensions");
		}

		@Override
		public void text(String text) throws Exception {
			await((callback) -> this.session.sendText(text, callback));
		}

		@Override
		public void binary(byte[] data) throws Exception {
			await((callback) -> this.session.sendBinary(ByteBuffer.wrap(data), callback));
		}

		@Override
		public void fragments(String... parts) throws Exception {
			for (int i = 0; i < parts.length; i++) {
				String part = parts[i];
				boolean last = i == parts.length - 1;
				await((callback) -> this.session.sendPartialText(part, last, callback));
			}
		}

		@Override
		public void ping(byte[] payload) throws Exception {
			await((callback) -> this.session.sendPing(ByteBuffer.wrap(payload), callback));
		}

		@Override
		public void close(int code, String reason) {
			// fails if the server's answer is faster than the callback
			this.session.close(code, reason, Callback.NOOP);
		}

		private static void await(Consumer<Callback.Completable> sending) throws Exception {
			Callback.Completable.with(sending).get(10, TimeUnit.SECONDS);
		}

	}

	/** Jetty calls the methods by reflection, so it has to see the class. */
	public static final class Peer implements org.eclipse.jetty.websocket.api.Session.Listener.AutoDemanding {

		private final Inbox inbox;

		Peer(Inbox inbox) {
			this.inbox = inbox;
		}

		@Override
		public void onWebSocketText(String message) {
			this.inbox.text(message);
		}

		@Override
		public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
			this.inbox.binary(payload);
			callback.succeed();
		}

		@Override
		public void onWebSocketPong(ByteBuffer payload) {
			this.inbox.pong(payload);
		}

		@Override
		public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
			this.inbox.closed(code, (reason != null) ? reason : "");
			callback.succeed();
		}

		@Override
		public void onWebSocketError(Throwable cause) {
			this.inbox.failed(cause);
		}

	}

}
