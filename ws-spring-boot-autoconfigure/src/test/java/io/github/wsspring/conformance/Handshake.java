package io.github.wsspring.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The client's side of one opening handshake (RFC 6455, section 4.1).
 */
final class Handshake {

	private static final int MAX_HEAD = 16 * 1024;

	private final String key;

	private final List<DeflateOffer> offers;

	/**
	 * Creates a handshake with a fresh key.
	 * @param offers the offers of permessage-deflate, the preferred one first
	 */
	Handshake(List<DeflateOffer> offers) {
		byte[] nonce = new byte[16];
		ThreadLocalRandom.current().nextBytes(nonce);
		this.key = Base64.getEncoder().encodeToString(nonce);
		this.offers = List.copyOf(offers);
	}

	/**
	 * The request.
	 * @param port the server's port
	 * @param path the path that is asked for
	 * @return its octets
	 */
	byte[] request(int port, String path) {
		String extensions = this.offers.stream().map(DeflateOffer::header).collect(Collectors.joining(", "));
		List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "User-Agent: conformance/1",
				"Host: 127.0.0.1:" + port, "Upgrade: WebSocket", "Connection: Upgrade", "Pragma: no-cache",
				"Cache-Control: no-cache", "Sec-WebSocket-Key: " + this.key, "Sec-WebSocket-Version: 13"));
		if (!extensions.isEmpty()) {
			lines.add("Sec-WebSocket-Extensions: " + extensions);
		}
		return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Reads and checks the answer, and not one octet more.
	 * @param in where it comes from
	 * @return the agreement about compression, {@code null} for none
	 * @throws Violation if it is not the answer that was asked for
	 * @throws IOException if the connection is broken
	 */
	@Nullable DeflateAgreement answer(InputStream in) throws Violation, IOException {
		String[] lines = head(in).split("\r\n");
		if (!lines[0].matches("HTTP/1\\.1 101( .*)?")) {
			throw Violation.ofProtocol("answered with " + lines[0]);
		}
		Map<String, List<String>> headers = headers(lines);
		if (!single(headers, "upgrade").equalsIgnoreCase("websocket")) {
			throw Violation.ofProtocol("Upgrade is not websocket");
		}
		String connection = String.join(",", headers.getOrDefault("connection", List.of()));
		if (List.of(connection.toLowerCase(Locale.ROOT).split("\\s*,\\s*")).stream().noneMatch("upgrade"::equals)) {
			throw Violation.ofProtocol("Connection is not upgrade");
		}
		if (!single(headers, "sec-websocket-accept").equals(accept())) {
			throw Violation.ofProtocol("Sec-WebSocket-Accept is wrong");
		}
		if (headers.containsKey("sec-websocket-protocol")) {
			throw Violation.ofProtocol("a sub-protocol that was not asked for");
		}
		return headers.containsKey("sec-websocket-extensions") ? agreement(single(headers, "sec-websocket-extensions"))
				: null;
	}

	private static String head(InputStream in) throws Violation, IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
			int octet = in.read();
			if (octet < 0) {
				throw new EOFException("no answer to the handshake");
			}
			if (head.length() == MAX_HEAD) {
				throw Violation.ofProtocol("an answer without an end");
			}
			head.append((char) octet);
		}
		return head.toString();
	}

	private static Map<String, List<String>> headers(String[] lines) throws Violation {
		Map<String, List<String>> headers = new TreeMap<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			if (colon < 1) {
				throw Violation.ofProtocol("not a header: " + lines[i]);
			}
			headers.computeIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(lines[i].substring(colon + 1).strip());
		}
		return headers;
	}

	private static String single(Map<String, List<String>> headers, String name) throws Violation {
		List<String> values = headers.getOrDefault(name, List.of());
		if (values.size() != 1) {
			throw Violation.ofProtocol(name + " is there " + values.size() + " times");
		}
		return values.get(0);
	}

	private String accept() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1")
				.digest((this.key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private DeflateAgreement agreement(String header) throws Violation {
		DeflateAgreement agreement = DeflateAgreement.parse(header);
		if (this.offers.stream().noneMatch((offer) -> offer.admits(agreement))) {
			throw Violation.ofProtocol("the answer fits no offer: " + header);
		}
		return agreement;
	}

}
