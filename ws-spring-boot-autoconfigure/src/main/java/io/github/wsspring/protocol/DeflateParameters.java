package io.github.wsspring.protocol;

/**
 * What was agreed on for one connection (RFC 7692, section 7.1).
 *
 * @param serverNoContextTakeover whether each of our messages must stand by itself
 * @param clientNoContextTakeover whether each of the client's messages stands by itself
 * @param serverMaxWindowBits how far back our messages may refer: 2 to the power of this,
 * 8 to 15
 */
public record DeflateParameters(boolean serverNoContextTakeover, boolean clientNoContextTakeover,
		int serverMaxWindowBits) {

	/** The window of the JDK's compressor, which cannot be changed. */
	public static final int MAX_WINDOW_BITS = 15;

	/** The smallest window of RFC 7692. */
	public static final int MIN_WINDOW_BITS = 8;

	/**
	 * Checks the window.
	 * @throws IllegalArgumentException if it is not 8 to 15
	 */
	public DeflateParameters {
		if (serverMaxWindowBits < MIN_WINDOW_BITS || serverMaxWindowBits > MAX_WINDOW_BITS) {
			throw new IllegalArgumentException("A window has 8 to 15 bits, not " + serverMaxWindowBits);
		}
	}

}
