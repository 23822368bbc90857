package io.github.wsspring.interop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * The JDK's client. It cannot compress.
 */
final class JdkClient implements Client {

	private final HttpClient client;

	JdkClient(SslBundle trust) {
		this.client = HttpClient.newBuilder().sslContext(trust.createSslContext()).build();
	}

	@Override
	public Session connect(URI uri, Inbox inbox) {
		return new JdkSession(this.client.newWebSocketBuilder().buildAsync(uri, new Listener(inbox)).join());
	}

	private record JdkSession(WebSocket webSocket) implements Session {

		@Override
		public @Nullable String extensions() {
			return null;
		}

		@Override
		public void text(String text) {
			this.webSocket.sendText(text, true).join();
		}

		@Override
		public void binary(byte[] data) {
			this.webSocket.sendBinary(ByteBuffer.wrap(data), true).join();
		}

		@Override
		public void fragments(String... parts) {
			for (int i = 0; i < parts.length; i++) {
				this.webSocket.sendText(parts[i], i == parts.length - 1).join();
			}
		}

		@Override
		public void ping(byte[] payload) {
			this.webSocket.sendPing(ByteBuffer.wrap(payload)).join();
		}

		@Override
		public void close(int code, String reason) {
			this.webSocket.sendClose(code, reason).join();
		}

	}

	private static final class Listener implements WebSocket.Listener {

		private final Inbox inbox;

		private final StringBuilder text = new StringBuilder();

		private ByteBuffer data = ByteBuffer.allocate(2 * 1024 * 1024);

		Listener(Inbox inbox) {
			this.inbox = inbox;
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
			this.text.append(part);
			if (last) {
				this.inbox.text(this.text.toString());
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer part, boolean last) {
			this.data.put(part);
			if (last) {
				this.inbox.binary(this.data.flip());
				this.data.clear();
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer payload) {
			this.inbox.pong(payload);
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
			this.inbox.closed(code, reason);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.inbox.failed(error);
		}

	}

}
