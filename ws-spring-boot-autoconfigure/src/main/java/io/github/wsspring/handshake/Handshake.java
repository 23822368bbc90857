package io.github.wsspring.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

import io.github.wsspring.handshake.UpgradeOutcome.Accepted;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * The server's half of the opening handshake (RFC 6455, section 4.2): is the request
 * correct, and how is the answer written?
 */
public final class Handshake {

	/** RFC 6455 1.3: what the key is joined with before it is hashed. */
	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final String VERSION = "13";

	private static final int KEY_BYTES = 16;

	private Handshake() {
	}

	/**
	 * Checks whether a request is a correct upgrade to WebSocket (RFC 6455, section
	 * 4.2.1).
	 * @param request the request
	 * @return the refusal or {@code null} if the request is correct
	 */
	public static @Nullable Rejected check(UpgradeRequest request) {
		if (hasBody(request)) {
			return Rejected.of(400, "A request to upgrade has no body: remove Content-Length and Transfer-Encoding");
		}
		if (!request.method().equals("GET")) {
			return Rejected.of(405, "A WebSocket upgrade uses GET").with("Allow", "GET");
		}
		if (request.headers("Host").size() != 1) {
			return Rejected.of(400, "There must be one Host header");
		}
		if (!contains(request, "Upgrade", "websocket") || !contains(request, "Connection", "upgrade")) {
			return upgradeRequired(
					"This is a WebSocket endpoint: send 'Connection: Upgrade' and 'Upgrade: websocket'; behind a proxy, have it pass both on");
		}
		return checkWebSocketHeaders(request);
	}

	private static @Nullable Rejected checkWebSocketHeaders(UpgradeRequest request) {
		List<String> versions = request.headers("Sec-WebSocket-Version");
		if (versions.isEmpty()) {
			return Rejected.of(400, "The header Sec-WebSocket-Version is missing");
		}
		if (!versions.equals(List.of(VERSION))) {
			return upgradeRequired("The only Sec-WebSocket-Version here is " + VERSION);
		}
		List<String> keys = request.headers("Sec-WebSocket-Key");
		if (keys.size() != 1 || !isKey(keys.get(0))) {
			return Rejected.of(400, "There must be one Sec-WebSocket-Key: 16 bytes in Base64");
		}
		// RFC 6455 4.1, number 10: tokens, "MUST all be unique"
		List<String> subprotocols = request.subprotocols();
		if (!subprotocols.stream().allMatch(HttpSyntax::isToken)
				|| new HashSet<>(subprotocols).size() != subprotocols.size()) {
			return Rejected.of(400, "Sec-WebSocket-Protocol must be a list of different tokens");
		}
		if (ExtensionOffers.of(request) == null) {
			return Rejected.of(400, "Sec-WebSocket-Extensions must be a list of extensions with their parameters");
		}
		return null;
	}

	private static boolean hasBody(UpgradeRequest request) {
		List<String> lengths = request.headers("Content-Length");
		return !request.headers("Transfer-Encoding").isEmpty() || !lengths.stream().allMatch("0"::equals);
	}

	private static boolean contains(UpgradeRequest request, String header, String element) {
		return request.list(header).stream().anyMatch(element::equalsIgnoreCase);
	}

	private static boolean isKey(String key) {
		try {
			return key.length() == 24 && Base64.getDecoder().decode(key).length == KEY_BYTES;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	// RFC 6455 4.4 and RFC 9110 15.5.22
	private static Rejected upgradeRequired(String body) {
		return Rejected.of(426, body).with("Upgrade", "websocket").with("Sec-WebSocket-Version", VERSION);
	}

	/**
	 * The {@code Sec-WebSocket-Key} of a request that {@link #check} found correct.
	 * @param request the request
	 * @return the key
	 */
	public static String key(UpgradeRequest request) {
		String key = request.header("Sec-WebSocket-Key");
		if (key == null) {
			throw new IllegalStateException("The request was not checked");
		}
		return key;
	}

	/**
	 * Writes an answer.
	 * @param outcome the answer
	 * @return the bytes of the whole response
	 */
	public static byte[] response(UpgradeOutcome outcome) {
		StringBuilder response = new StringBuilder(256);
		if (outcome instanceof Accepted accepted) {
			writeAccepted(accepted, response);
		}
		else if (outcome instanceof Rejected rejected) {
			writeRejected(rejected, response);
		}
		return response.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	private static void writeAccepted(Accepted accepted, StringBuilder response) {
		response.append("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
		write("Sec-WebSocket-Accept", acceptFor(accepted.key()), response);
		if (accepted.subprotocol() != null) {
			write("Sec-WebSocket-Protocol", accepted.subprotocol(), response);
		}
		if (accepted.extensions() != null) {
			write("Sec-WebSocket-Extensions", accepted.extensions(), response);
		}
		accepted.headers().forEach((field) -> write(field, response));
		response.append("\r\n");
	}

	private static void writeRejected(Rejected rejected, StringBuilder response) {
		String body = HttpSyntax.printable(rejected.body(), 500) + "\n";
		boolean upgrade = rejected.headers().stream().anyMatch((field) -> field.name().equals("Upgrade"));
		response.append("HTTP/1.1 ").append(rejected.status()).append(' ');
		response.append(reasonPhrase(rejected.status())).append("\r\n");
		// RFC 9110 7.8: who sends Upgrade "MUST also send an 'Upgrade' connection option"
		write("Connection", upgrade ? "close, Upgrade" : "close", response);
		rejected.headers().forEach((field) -> write(field, response));
		write("Content-Type", "text/plain; charset=utf-8", response);
		write("Content-Length", Integer.toString(body.length()), response);
		write("Cache-Control", "no-store", response);
		response.append("\r\n").append(body);
	}

	private static void write(String name, String value, StringBuilder response) {
		write(new HttpField(name, value), response);
	}

	private static void write(HttpField field, StringBuilder response) {
		response.append(field.name()).append(": ").append(field.value()).append("\r\n");
	}

	/** RFC 6455 4.2.2, number 5.4. */
	static String acceptFor(String key) {
		try {
			byte[] joined = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Each JDK has SHA-1", ex);
		}
	}

	private static String reasonPhrase(int status) {
		return switch (status) {
			case 200 -> "OK";
			case 400 -> "Bad Request";
			case 401 -> "Unauthorized";
			case 403 -> "Forbidden";
			case 404 -> "Not Found";
			case 405 -> "Method Not Allowed";
			case 408 -> "Request Timeout";
			case 414 -> "URI Too Long";
			case 426 -> "Upgrade Required";
			case 429 -> "Too Many Requests";
			case 431 -> "Request Header Fields Too Large";
			case 500 -> "Internal Server Error";
			case 503 -> "Service Unavailable";
			case 505 -> "HTTP Version Not Supported";
			// RFC 9112 4: "A client SHOULD ignore the reason-phrase"
			default -> "";
		};
	}

}
