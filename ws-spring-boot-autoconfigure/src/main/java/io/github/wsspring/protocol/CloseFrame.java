package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;

/**
 * The payload of a close frame (RFC 6455, section 5.5.1): one way to read it, one way to
 * write it.
 */
final class CloseFrame {

	private CloseFrame() {
	}

	/**
	 * Reads a payload.
	 * @param payload at most 125 bytes
	 * @return the status, {@link CloseStatus#NO_STATUS} for an empty payload
	 * @throws ProtocolException if the payload is cut, its code may not be sent or its
	 * reason is not UTF-8
	 */
	static CloseStatus parse(byte[] payload) throws ProtocolException {
		if (payload.length == 0) {
			return CloseStatus.NO_STATUS;
		}
		if (payload.length == 1) {
			throw ProtocolException.protocolError("close frame of one byte");
		}
		int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
		if (!CloseStatus.isSendable(code)) {
			throw ProtocolException.protocolError("close code " + code + " may not be sent");
		}
		if (!Utf8.isValid(payload, 2, payload.length)) {
			throw ProtocolException.notUtf8("close reason");
		}
		return new CloseStatus(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
	}

	/**
	 * Writes a payload.
	 * @param status the status
	 * @return the payload, empty for {@link CloseStatus#NO_STATUS}
	 * @throws IllegalArgumentException if the status may not be sent
	 */
	static byte[] payload(CloseStatus status) {
		if (status.code() == CloseStatus.NO_STATUS.code()) {
			return new byte[0];
		}
		if (!status.isSendable()) {
			throw new IllegalArgumentException("Close code " + status.code()
					+ " may not be sent (RFC 6455, section 7.4); use 1000 or one of 4000-4999");
		}
		byte[] reason = status.reason().getBytes(StandardCharsets.UTF_8);
		byte[] payload = new byte[2 + reason.length];
		payload[0] = (byte) (status.code() >> 8);
		payload[1] = (byte) status.code();
		System.arraycopy(reason, 0, payload, 2, reason.length);
		return payload;
	}

}
