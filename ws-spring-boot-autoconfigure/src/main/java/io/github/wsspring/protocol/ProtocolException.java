package io.github.wsspring.protocol;

/**
 * The peer broke a rule. Carries how the connection is to fail (RFC 6455, section 7.1.7);
 * has no stack trace, as it tells nothing about our code.
 */
public final class ProtocolException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient CloseStatus status;

	ProtocolException(CloseStatus status, String reason) {
		super(reason, null, false, false);
		this.status = status.withReason(reason);
	}

	static ProtocolException protocolError(String reason) {
		return new ProtocolException(CloseStatus.PROTOCOL_ERROR, reason);
	}

	static ProtocolException tooBig(String reason) {
		return new ProtocolException(CloseStatus.TOO_BIG, reason);
	}

	static ProtocolException notUtf8(String what) {
		return new ProtocolException(CloseStatus.INVALID_PAYLOAD, what + " is not UTF-8");
	}

	/**
	 * How the connection is to fail.
	 * @return the status for the close frame
	 */
	public CloseStatus status() {
		return this.status;
	}

}
