package io.github.wsspring.interop;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.X509TrustManager;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OkHttp. It always offers to compress, and leaves neither fragments nor pings to its
 * users.
 */
final class OkHttpWebSocketClient implements Client {

	private final OkHttpClient client;

	OkHttpWebSocketClient(SslBundle trust) {
		X509TrustManager trustManager = (X509TrustManager) trust.getManagers().getTrustManagers()[0];
		this.client = new OkHttpClient.Builder()
			.sslSocketFactory(trust.createSslContext().getSocketFactory(), trustManager)
			.build();
	}

	@Override
	public Session connect(URI uri, Inbox inbox) throws Exception {
		Request request = new Request.Builder().url(uri.toString()).build();
		Listener listener = new Listener(inbox);
		WebSocket webSocket = this.client.newWebSocket(request, listener);
		Response response = listener.opened.get(10, TimeUnit.SECONDS);
		return new OkHttpSession(webSocket, response.header("Sec-WebSocket-Extensions"));
	}

	@Override
	public void stop() {
		this.client.dispatcher().executorService().shutdown();
		this.client.connectionPool().evictAll();
	}

	private record OkHttpSession(WebSocket webSocket, @Nullable String extensions) implements Session {

		@Override
		public void text(String text) {
			assertThat(this.webSocket.send(text)).isTrue();
		}

		@Override
		public void binary(byte[] data) {
			assertThat(this.webSocket.send(ByteString.of(data))).isTrue();
		}

		@Override
		public void close(int code, String reason) {
			assertThat(this.webSocket.close(code, reason)).isTrue();
		}

	}

	private static final class Listener extends WebSocketListener {

		private final Inbox inbox;

		private final CompletableFuture<Response> opened = new CompletableFuture<>();

		Listener(Inbox inbox) {
			this.inbox = inbox;
		}

		@Override
		public void onOpen(WebSocket webSocket, Response response) {
			this.opened.complete(response);
		}

		@Override
		public void onMessage(WebSocket webSocket, String text) {
			this.inbox.text(text);
		}

		@Override
		public void onMessage(WebSocket webSocket, ByteString bytes) {
			this.inbox.binary(bytes.toByteArray());
		}

		@Override
		public void onClosing(WebSocket webSocket, int code, String reason) {
			this.inbox.closed(code, reason);
			webSocket.close(code, null);
		}

		@Override
		public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
			this.opened.completeExceptionally(failure);
			this.inbox.failed(failure);
		}

	}

}
