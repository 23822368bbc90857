package io.github.wsspring.conformance;

/**
 * What a peer sent, from the tester's point of view.
 */
sealed interface Inbound {

	/** A data message or a Pong. */
	record Received(Event event) implements Inbound {
	}

	/** A Ping. */
	record Pinged(byte[] payload) implements Inbound {
	}

	/** A Close; the code is -1 if it had none. */
	record Closed(int code) implements Inbound {

		static final int NO_CODE = -1;

	}

	/** Something illegal; nothing more of this peer is understood. */
	record Violated(int closeCode, String why) implements Inbound {
	}

	/** The end of the TCP connection, orderly or by a reset. */
	record Ended(boolean reset) implements Inbound {
	}

}
