package io.github.wsspring.conformance;

import org.jspecify.annotations.Nullable;

/**
 * One offer of permessage-deflate (RFC 7692, section 7.1) by a client that takes any
 * window and does not insist on its own context.
 *
 * @param serverNoContextTakeover whether the server must forget after each message
 * @param serverMaxWindowBits the server's window, {@code null} if not asked for
 */
record DeflateOffer(boolean serverNoContextTakeover, @Nullable Integer serverMaxWindowBits) {

	static final DeflateOffer PLAIN = new DeflateOffer(false, null);

	/**
	 * The offer as an element of Sec-WebSocket-Extensions.
	 * @return the extension with its parameters
	 */
	String header() {
		return "permessage-deflate; client_no_context_takeover; client_max_window_bits"
				+ (this.serverNoContextTakeover ? "; server_no_context_takeover" : "")
				+ ((this.serverMaxWindowBits != null) ? "; server_max_window_bits=" + this.serverMaxWindowBits : "");
	}

	@Override
	public String toString() {
		return header();
	}

	/**
	 * Whether an answer accepts this offer. The client's parameters were offered always
	 * and without a value, so any answer may hold them.
	 * @param answer what the server selected
	 * @return whether RFC 7692 lets it answer so
	 */
	boolean admits(DeflateAgreement answer) {
		// RFC 7692 7.1.1.1 and 7.1.2.1: what is accepted has to be answered
		boolean takeover = !this.serverNoContextTakeover || answer.serverNoContextTakeover();
		boolean window = this.serverMaxWindowBits == null
				|| answer.serverMaxWindowBits() != null && answer.serverMaxWindowBits() <= this.serverMaxWindowBits;
		return takeover && window;
	}

}
