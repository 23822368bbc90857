package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Why a WebSocket connection ends: a code and a reason in words (RFC 6455, sections 5.5.1
 * and 7.4).
 *
 * @param code the status code, 1000 to 4999; 1005, 1006 and 1015 are only ever observed,
 * never sent
 * @param reason the reason, at most {@value #MAX_REASON_BYTES} bytes of UTF-8, possibly
 * empty, never shown to end users by browsers
 */
public record CloseStatus(int code, String reason) {

	/** How many bytes of UTF-8 a reason may take (RFC 6455, section 5.5). */
	public static final int MAX_REASON_BYTES = 123;

	/** 1000: the purpose is fulfilled. */
	public static final CloseStatus NORMAL = new CloseStatus(1000, "");

	/** 1001: an endpoint is going away. */
	public static final CloseStatus GOING_AWAY = new CloseStatus(1001, "");

	/** 1002: the peer broke the protocol. */
	public static final CloseStatus PROTOCOL_ERROR = new CloseStatus(1002, "");

	/** 1003: a kind of data that the endpoint does not accept. */
	public static final CloseStatus UNSUPPORTED_DATA = new CloseStatus(1003, "");

	/** 1005: the close frame had no code; never sent. */
	public static final CloseStatus NO_STATUS = new CloseStatus(1005, "");

	/** 1006: the connection ended without a close frame; never sent. */
	public static final CloseStatus ABNORMAL = new CloseStatus(1006, "");

	/** 1007: data that does not fit its type, such as text that is not UTF-8. */
	public static final CloseStatus INVALID_PAYLOAD = new CloseStatus(1007, "");

	/** 1008: a message that violates a policy. */
	public static final CloseStatus POLICY_VIOLATION = new CloseStatus(1008, "");

	/** 1009: a message that is too big. */
	public static final CloseStatus TOO_BIG = new CloseStatus(1009, "");

	/** 1011: the server met a condition it did not expect. */
	public static final CloseStatus SERVER_ERROR = new CloseStatus(1011, "");

	/** 1012: the service restarts; clients should reconnect after a random delay. */
	public static final CloseStatus SERVICE_RESTART = new CloseStatus(1012, "");

	/** 1013: the server is overloaded; clients should try again later. */
	public static final CloseStatus TRY_AGAIN_LATER = new CloseStatus(1013, "");

	/**
	 * Checks code and reason.
	 * @throws IllegalArgumentException if the code is not in 1000 to 4999 or the reason
	 * is too long
	 */
	public CloseStatus {
		if (code < 1000 || code > 4999) {
			throw new IllegalArgumentException("Close code " + code
					+ " is outside of 1000-4999; use 1000 for a normal end or 4000-4999 for codes of your own");
		}
		if (reason.length() > MAX_REASON_BYTES / 3
				&& reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
			throw new IllegalArgumentException(
					"The close reason takes " + reason.getBytes(StandardCharsets.UTF_8).length
							+ " bytes of UTF-8, but a close frame has room for " + MAX_REASON_BYTES + "; shorten it");
		}
	}

	/**
	 * This code with another reason.
	 * @param reason the reason, cut after {@value #MAX_REASON_BYTES} bytes of UTF-8
	 * @return the status
	 */
	public CloseStatus withReason(String reason) {
		return new CloseStatus(this.code, shorten(reason));
	}

	/**
	 * Whether this status may travel in a close frame (RFC 6455, section 7.4, and the
	 * IANA registry of close codes).
	 * @return {@code true} for 1000-1003, 1007-1014 and 3000-4999
	 */
	public boolean isSendable() {
		return isSendable(this.code);
	}

	static boolean isSendable(int code) {
		return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
	}

	private static String shorten(String reason) {
		// no character takes less than a byte
		String shortened = reason.substring(0, Math.min(reason.length(), MAX_REASON_BYTES + 1));
		while (shortened.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
			shortened = shortened.substring(0, shortened.offsetByCodePoints(shortened.length(), -1));
		}
		return shortened;
	}

	@Override
	public String toString() {
		return this.reason.isEmpty() ? Integer.toString(this.code) : this.code + " " + this.reason;
	}

}
