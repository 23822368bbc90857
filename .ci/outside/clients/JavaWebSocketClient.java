import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/**
 * Says a text to an echo endpoint with Java-WebSocket, and expects to hear it.
 */
class JavaWebSocketClient {

	public static void main(String[] args) throws Exception {
		CompletableFuture<String> answer = new CompletableFuture<>();
		CompletableFuture<Integer> closed = new CompletableFuture<>();
		WebSocketClient client = new WebSocketClient(URI.create(args[0])) {

			@Override
			public void onOpen(ServerHandshake handshake) {
			}

			@Override
			public void onMessage(String message) {
				answer.complete(message);
			}

			@Override
			public void onClose(int code, String reason, boolean remote) {
				closed.complete(code);
			}

			@Override
			public void onError(Exception error) {
				answer.completeExceptionally(error);
			}

		};
		if (!client.connectBlocking(10, TimeUnit.SECONDS)) {
			throw new IllegalStateException("No connection");
		}
		String text = "κόσμε ".repeat(5_000);
		client.send(text);
		if (!text.equals(answer.get(10, TimeUnit.SECONDS))) {
			throw new IllegalStateException("Another text came back");
		}
		client.close(4000, "good-bye");
		int code = closed.get(10, TimeUnit.SECONDS);
		if (code != 4000) {
			throw new IllegalStateException("Closed with " + code);
		}
		System.out.println(text.length() + " characters came back, closed with " + code);
	}

}
