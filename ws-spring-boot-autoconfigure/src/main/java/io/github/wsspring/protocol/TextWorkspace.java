package io.github.wsspring.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Room to put texts together in, before it is known how long they will be. As texts are
 * short and many, one is kept for the next: what is thrown away costs more than what is
 * done with it.
 * <p>
 * As large as the largest text so far needed, half a megabyte at most. Belongs to one
 * thread at a time; any number of connections may share it.
 */
public final class TextWorkspace {

	/** How long a text may be, in chars or bytes. */
	static final int MAX_LENGTH = 64 * 1024;

	private static final int MIN_LENGTH = 1024;

	private final CharsetDecoder latin1 = StandardCharsets.ISO_8859_1.newDecoder();

	private CharBuffer widened = CharBuffer.allocate(0);

	private char[] chars = {};

	private byte[] bytes = {};

	/**
	 * Room for the chars of a text.
	 * @param length at least how many
	 * @return an array with anything in it
	 */
	char[] chars(int length) {
		if (length > this.chars.length) {
			this.chars = new char[capacity(length)];
		}
		return this.chars;
	}

	/**
	 * Room for the UTF-8 of a text.
	 * @param length how many chars it has
	 * @return an array with anything in it, to which an int can be written for each of
	 * the chars
	 */
	byte[] bytes(int length) {
		if (3 * length >= this.bytes.length) {
			this.bytes = new byte[3 * capacity(length) + 1];
		}
		return this.bytes;
	}

	/**
	 * Makes each byte a char, at the JDK's best speed and without garbage.
	 * @param bytes holds the bytes
	 * @param from the index of the first one
	 * @param to the index after the last one
	 * @return the chars; what stands for a byte that is not ASCII means nothing
	 */
	char[] widen(byte[] bytes, int from, int to) {
		if (to - from > this.widened.capacity()) {
			this.widened = CharBuffer.allocate(capacity(to - from));
		}
		this.latin1.reset().decode(ByteBuffer.wrap(bytes, from, to - from), this.widened.clear(), true);
		return this.widened.array();
	}

	private static int capacity(int length) {
		return Math.max(MIN_LENGTH, Integer.highestOneBit(length - 1) << 1);
	}

}
