package io.github.wsspring.protocol;

import java.util.HashMap;
import java.util.Map;

import io.github.wsspring.protocol.PerMessageDeflate.WireForm;

/**
 * A message and the frames it travels in, each encoded once, however many sessions it is
 * sent to. Safe for any number of threads.
 */
public final class PreparedMessage {

	private final boolean text;

	private final Frame plain;

	/** Compressed forms; most messages have none or one. */
	private volatile Map<WireForm, Frame> deflated = Map.of();

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
		return new PreparedMessage(true, Utf8Strings.encode(text));
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
	 * The frame that this message travels in as it is.
	 * @return the frame
	 */
	public Frame frame() {
		return this.plain;
	}

	/**
	 * The compressed frame that this message travels in.
	 * @param form how it is compressed
	 * @param pool where the compressor comes from
	 * @return the frame; the plain one if compressing does not make it smaller
	 */
	Frame deflated(WireForm form, DeflatePool pool) {
		Frame known = this.deflated.get(form);
		return (known != null) ? known : deflate(form, pool);
	}

	private synchronized Frame deflate(WireForm form, DeflatePool pool) {
		Frame known = this.deflated.get(form);
		if (known != null) {
			return known;
		}
		byte[] payload = PerMessageDeflate.deflate(this.plain.payload(), form, pool);
		Frame frame = (payload.length < size()) ? this.plain.compressed(payload) : this.plain;
		Map<WireForm, Frame> more = new HashMap<>(this.deflated);
		more.put(form, frame);
		this.deflated = more;
		return frame;
	}

	@Override
	public String toString() {
		return (this.text ? "text" : "binary") + " of " + size() + " bytes";
	}

}
