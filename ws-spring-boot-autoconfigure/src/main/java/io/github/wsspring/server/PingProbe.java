package io.github.wsspring.server;

/**
 * Compares a text with an {@link ApplicationPing} while it arrives.
 */
final class PingProbe {

	private final byte[][] tokens;

	private final int maxBlanks;

	/** The token that is expected, and how much of it was seen. */
	private int token;

	private int octets;

	private int blanks;

	PingProbe(byte[][] tokens, int maxBlanks) {
		this.tokens = tokens;
		this.maxBlanks = maxBlanks;
	}

	/**
	 * Begins with another text.
	 */
	void reset() {
		this.token = 0;
		this.octets = 0;
		this.blanks = 0;
	}

	/**
	 * Looks at the next part of a text that has matched so far.
	 * @param bytes holds the part
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @return whether the text may still be a ping
	 */
	boolean matchesSoFar(byte[] bytes, int from, int to) {
		for (int at = from; at < to; at++) {
			if (!matchesNext(bytes[at])) {
				return false;
			}
		}
		return true;
	}

	private boolean matchesNext(byte octet) {
		if (this.octets == 0 && ApplicationPing.BLANKS.indexOf(octet) >= 0) {
			return this.blanks++ < this.maxBlanks;
		}
		if (this.token == this.tokens.length || octet != this.tokens[this.token][this.octets]) {
			return false;
		}
		if (++this.octets == this.tokens[this.token].length) {
			this.token++;
			this.octets = 0;
		}
		return true;
	}

	/**
	 * Whether a text that ends here is a ping.
	 */
	boolean matches() {
		return this.token == this.tokens.length;
	}

}
