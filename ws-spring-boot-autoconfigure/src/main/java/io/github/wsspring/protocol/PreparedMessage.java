package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A message and the frame it travels in, encoded once, however many sessions it is sent
 * to. Safe for any number of threads.
 */
public final class PreparedMessage {

	private final boolean text;

	private final Frame plain;

	private PreparedMessage(boolean text, byte[] payload) {
		this.text = text;
		this.plain = Frame.data(text, payload);
	}

	/**
	 * A text message. Lone surrogates, which UTF-8 cannot express, become question marks.
	 * @param text the text
	 * @return the message
	 */
	public static PreparedMessage text(String text) {
		return new PreparedMessage(true, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A text message whose UTF-8 form is known.
	 * @param utf8 correct UTF-8; the bytes must not be changed any more
	 * @return the message
	 */
	public static PreparedMessage utf8(byte[] utf8) {
		return new PreparedMessage(true, utf8);
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
		return this.plain.payload().length;
	}

	/**
	 * The frame that this message travels in.
	 * @return the frame
	 */
	public Frame frame() {
		return this.plain;
	}

	@Override
	public String toString() {
		return (this.text ? "text" : "binary") + " of " + size() + " bytes";
	}

}
