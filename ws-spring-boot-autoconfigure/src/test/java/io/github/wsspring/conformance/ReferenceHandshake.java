package io.github.wsspring.conformance;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The reference server's side of the opening handshake: takes the first offer.
 */
final class ReferenceHandshake {

	private final Defect defect;

	private String key = "";

	private String offer = "";

	ReferenceHandshake(Defect defect) {
		this.defect = defect;
	}

	byte[] answer(DataInputStream in) throws IOException {
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			String lower = line.toLowerCase(Locale.ROOT);
			if (lower.startsWith("sec-websocket-key:")) {
				this.key = line.substring(18).strip();
			}
			else if (lower.startsWith("sec-websocket-extensions:")) {
				this.offer = lower.substring(25).split(",")[0];
			}
		}
		String accept = accept((this.defect == Defect.WRONG_ACCEPT) ? this.key + " " : this.key);
		String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
				+ "Sec-WebSocket-Accept: " + accept + "\r\n";
		if (this.defect == Defect.UNASKED_PROTOCOL) {
			answer += "Sec-WebSocket-Protocol: chat\r\n";
		}
		if (this.defect == Defect.UNASKED_EXTENSION) {
			answer += "Sec-WebSocket-Extensions: permessage-deflate\r\n";
		}
		if (!this.offer.isEmpty()) {
			answer += "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=" + clientBits()
					+ ((serverForgets() && this.defect != Defect.OMITS_TAKEOVER) ? "; server_no_context_takeover" : "")
					+ ((this.defect != Defect.OMITS_WINDOW) ? "; server_max_window_bits=" + serverBits() : "")
					+ (clientForgets() ? "; client_no_context_takeover" : "") + "\r\n";
		}
		return (answer + "\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	private static String line(DataInputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int octet = in.readUnsignedByte(); octet != '\n'; octet = in.readUnsignedByte()) {
			line.append((char) octet);
		}
		return line.toString().strip();
	}

	private static String accept(String key) {
		try {
			byte[] octets = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(octets));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean serverForgets() {
		return this.offer.contains("server_no_context_takeover");
	}

	/**
	 * With a small window of the server the client keeps its context, in a small window.
	 */
	private boolean clientForgets() {
		return serverBits() == 15;
	}

	private int clientBits() {
		return serverBits() + ((serverBits() < 15) ? 1 : 0);
	}

	private int serverBits() {
		int at = this.offer.indexOf("server_max_window_bits=");
		return (at < 0) ? 15 : Integer.parseInt(this.offer.substring(at + 23).split(";")[0].strip());
	}

	@Nullable Inflate inflate() {
		return this.offer.isEmpty() ? null : new Inflate(clientBits(), !clientForgets());
	}

	@Nullable Deflate deflate() {
		return this.offer.isEmpty() ? null : new Deflate((this.defect == Defect.EXCEEDS_WINDOW) ? 15 : serverBits(),
				!serverForgets() || this.defect == Defect.TAKES_OVER);
	}

}
