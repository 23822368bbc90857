package io.github.wsspring.examples;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who chats: the JDK's client, which collects what it receives.
 */
final class ChatClient implements WebSocket.Listener, AutoCloseable {

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final StringBuilder text = new StringBuilder();

	private final WebSocket webSocket;

	private ChatClient(URI uri, String token) {
		this.webSocket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.header("Authorization", "Bearer " + token)
			.buildAsync(uri, this)
			.join();
	}

	static ChatClient connect(int port, String path, String token) {
		return new ChatClient(URI.create("ws://127.0.0.1:" + port + path), token);
	}

	void send(String message) {
		this.webSocket.sendText(message, true).join();
	}

	/** What was received next, within ten seconds. */
	@Nullable String next() throws InterruptedException {
		return this.received.poll(10, TimeUnit.SECONDS);
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			this.received.add(this.text.toString());
			this.text.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.received.add("close " + statusCode);
		return null;
	}

	@Override
	public void close() {
		this.webSocket.abort();
	}

}
