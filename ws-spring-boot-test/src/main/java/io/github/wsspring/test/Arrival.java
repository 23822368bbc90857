package io.github.wsspring.test;

import java.util.HexFormat;

import io.github.wsspring.protocol.CloseStatus;

/**
 * What came from the server: a message, a control frame or the end.
 */
sealed interface Arrival {

	/**
	 * What it is, for people.
	 * @return words that may follow "there came"
	 */
	String describe();

	/**
	 * A text message.
	 *
	 * @param text the text
	 */
	record Text(String text) implements Arrival {

		@Override
		public String describe() {
			return "the text \"" + Words.shorten(this.text) + '"';
		}

	}

	/**
	 * A binary message.
	 *
	 * @param data the bytes
	 */
	record Binary(byte[] data) implements Arrival {

		@Override
		public String describe() {
			return "a binary message of " + this.data.length + " bytes"
					+ ((this.data.length > 0) ? " (" + Words.shorten(HexFormat.of().formatHex(this.data)) + ')' : "");
		}

	}

	/**
	 * A ping.
	 *
	 * @param payload what the pong has to carry
	 */
	record Ping(byte[] payload) implements Arrival {

		@Override
		public String describe() {
			return "a ping";
		}

	}

	/**
	 * A pong.
	 *
	 * @param payload what the ping carried
	 */
	record Pong(byte[] payload) implements Arrival {

		@Override
		public String describe() {
			return "a pong";
		}

	}

	/**
	 * The end.
	 *
	 * @param status what the close frame says; 1005 if it says nothing, 1006 if there was
	 * none
	 */
	record Close(CloseStatus status) implements Arrival {

		@Override
		public String describe() {
			return "the end, " + Words.of(this.status);
		}

	}

}
