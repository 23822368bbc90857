import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Says a text to an echo endpoint with the JDK's client, and expects to hear it.
 */
class JdkClient {

	public static void main(String[] args) throws Exception {
		CompletableFuture<String> answer = new CompletableFuture<>();
		CompletableFuture<Integer> closed = new CompletableFuture<>();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create(args[0]), new WebSocket.Listener() {

				private final StringBuilder text = new StringBuilder();

				@Override
				public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
					this.text.append(data);
					if (last) {
						answer.complete(this.text.toString());
					}
					webSocket.request(1);
					return null;
				}

				@Override
				public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
					closed.complete(statusCode);
					return null;
				}

				@Override
				public void onError(WebSocket webSocket, Throwable error) {
					answer.completeExceptionally(error);
					closed.completeExceptionally(error);
				}

			})
			.get(10, TimeUnit.SECONDS);
		String text = "κόσμε ".repeat(5_000);
		socket.sendText(text, true).get(10, TimeUnit.SECONDS);
		if (!text.equals(answer.get(10, TimeUnit.SECONDS))) {
			throw new IllegalStateException("Another text came back");
		}
		socket.sendClose(4000, "good-bye").get(10, TimeUnit.SECONDS);
		int code = closed.get(10, TimeUnit.SECONDS);
		if (code != 4000) {
			throw new IllegalStateException("Closed with " + code);
		}
		System.out.println(text.length() + " characters came back, closed with " + code);
	}

}
