package io.github.wsspring.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The client's half of the opening handshake (RFC 6455, section 4.1): writes the request,
 * and reads and checks the answer. Does no I/O.
 *
 * @param key the nonce of 16 bytes, in Base64
 * @param subprotocols what is offered
 */
record ClientHandshake(String key, List<String> subprotocols) {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	/**
	 * The request.
	 * @param path path and query; what is no ASCII is sent as percent-encoded UTF-8
	 * @param host the value of {@code Host}
	 * @param headers headers besides those that each upgrade has
	 * @return the head of a GET request
	 */
	byte[] request(String path, String host, HttpHeaders headers) {
		StringBuilder request = new StringBuilder("GET ").append(target(path)).append(" HTTP/1.1\r\n");
		write(request, "Host", host);
		write(request, "Upgrade", "websocket");
		write(request, "Connection", "Upgrade");
		write(request, "Sec-WebSocket-Version", "13");
		write(request, "Sec-WebSocket-Key", this.key);
		if (!this.subprotocols.isEmpty()) {
			write(request, "Sec-WebSocket-Protocol", String.join(", ", this.subprotocols));
		}
		headers.forEach((name, values) -> values.forEach((value) -> write(request, name, value)));
		return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	private static void write(StringBuilder request, String name, String value) {
		request.append(name).append(": ").append(value).append("\r\n");
	}

	private static String target(String path) {
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException("A path begins with a slash, not as '" + path + "' does");
		}
		StringBuilder target = new StringBuilder();
		for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
			if (octet > ' ' && octet < 0x7f) {
				target.append((char) octet);
			}
			else {
				target.append(String.format("%%%02X", octet));
			}
		}
		return target.toString();
	}

	/**
	 * Reads the head of an answer.
	 * @param head status line and headers
	 * @return the answer
	 * @throws AssertionError if it is not HTTP
	 */
	static Answer answer(String head) {
		String[] lines = head.split("\r\n");
		String[] statusLine = lines[0].split(" ", 3);
		if (!statusLine[0].equals("HTTP/1.1") || statusLine.length < 2 || !statusLine[1].matches("\\d{3}")) {
			throw new AssertionError("The server's answer is not HTTP: " + Words.shorten(lines[0]));
		}
		HttpHeaders headers = new HttpHeaders();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			if (colon < 1) {
				throw new AssertionError("The server's answer has a line that is no header: " + lines[i]);
			}
			headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
		}
		return new Answer(Integer.parseInt(statusLine[1]), headers);
	}

	/**
	 * Checks the answer to an upgrade that was not refused (RFC 6455, section 4.1).
	 * @param headers the headers of the answer
	 * @return the subprotocol that was agreed on, {@code null} for none
	 * @throws AssertionError if the server has broken a rule
	 */
	@Nullable String check(HttpHeaders headers) {
		check("websocket".equalsIgnoreCase(headers.getFirst("Upgrade")), "has no 'Upgrade: websocket'");
		check("upgrade".equalsIgnoreCase(headers.getFirst("Connection")), "has no 'Connection: Upgrade'");
		check(accept().equals(headers.getFirst("Sec-WebSocket-Accept")), "has a wrong Sec-WebSocket-Accept");
		check(!headers.containsHeader("Sec-WebSocket-Extensions"), "has an extension that was not offered");
		String subprotocol = headers.getFirst("Sec-WebSocket-Protocol");
		check(subprotocol == null || this.subprotocols.contains(subprotocol),
				"has a subprotocol that was not offered: " + subprotocol);
		return subprotocol;
	}

	private String accept() {
		try {
			byte[] joined = (this.key + GUID).getBytes(StandardCharsets.US_ASCII);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Each JDK has SHA-1", ex);
		}
	}

	private static void check(boolean legal, String what) {
		if (!legal) {
			throw new AssertionError("The server broke RFC 6455, section 4.2.2: its answer " + what);
		}
	}

	/**
	 * The head of an answer.
	 *
	 * @param status the HTTP status
	 * @param headers the headers
	 */
	record Answer(int status, HttpHeaders headers) {

	}

}
