package io.github.wsspring.conformance;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of permessage-deflate that a server answered (RFC 7692, section 7.1).
 *
 * @param serverNoContextTakeover whether the server forgets after each message
 * @param clientNoContextTakeover whether the client must forget after each message
 * @param serverMaxWindowBits the server's window, {@code null} if not said
 * @param clientMaxWindowBits the client's window, {@code null} if not said
 */
record DeflateAgreement(boolean serverNoContextTakeover, boolean clientNoContextTakeover,
		@Nullable Integer serverMaxWindowBits, @Nullable Integer clientMaxWindowBits) {

	/**
	 * Reads the answer.
	 * @param header the value of Sec-WebSocket-Extensions
	 * @return the agreement
	 * @throws Violation if it holds anything that is not a legal parameter, given once
	 */
	static DeflateAgreement parse(String header) throws Violation {
		String[] parts = header.split(";", -1);
		if (!parts[0].strip().equalsIgnoreCase("permessage-deflate")) {
			throw Violation.ofProtocol("extension not offered: " + header);
		}
		boolean serverForgets = false;
		boolean clientForgets = false;
		Integer serverBits = null;
		Integer clientBits = null;
		Set<String> seen = new HashSet<>();
		for (int i = 1; i < parts.length; i++) {
			String[] pair = parts[i].split("=", 2);
			String name = pair[0].strip().toLowerCase(Locale.ROOT);
			String value = (pair.length > 1) ? pair[1].strip() : null;
			if (!seen.add(name)) {
				throw Violation.ofProtocol("parameter given twice: " + header);
			}
			switch (name) {
				case "server_no_context_takeover" -> serverForgets = flag(value, header);
				case "client_no_context_takeover" -> clientForgets = flag(value, header);
				case "server_max_window_bits" -> serverBits = bits(value, header);
				case "client_max_window_bits" -> clientBits = bits(value, header);
				default -> throw Violation.ofProtocol("unknown parameter: " + header);
			}
		}
		return new DeflateAgreement(serverForgets, clientForgets, serverBits, clientBits);
	}

	private static boolean flag(@Nullable String value, String header) throws Violation {
		if (value != null) {
			throw Violation.ofProtocol("parameter that has no value: " + header);
		}
		return true;
	}

	private static Integer bits(@Nullable String value, String header) throws Violation {
		if (value == null || !value.matches("\"?([89]|1[0-5])\"?")) {
			throw Violation.ofProtocol("window outside of 8-15: " + header);
		}
		return Integer.valueOf(value.replace("\"", ""));
	}

	Deflate clientDeflate() {
		return new Deflate((this.clientMaxWindowBits != null) ? this.clientMaxWindowBits : 15,
				!this.clientNoContextTakeover);
	}

	Inflate serverInflate() {
		return new Inflate((this.serverMaxWindowBits != null) ? this.serverMaxWindowBits : 15,
				!this.serverNoContextTakeover);
	}

}
