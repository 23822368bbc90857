package io.github.wsspring.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Makes strings of UTF-8 and the other way round, faster than the JDK where it leaves its
 * intrinsics: with characters beyond Latin-1.
 */
final class Utf8Strings {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long HIGH_BITS = 0x8080808080808080L;

	private static final TextWorkspaces WORKSPACES = new TextWorkspaces();

	/**
	 * Whether the last text was ASCII with few other characters between: then the next
	 * one is likely to be so. Threads may see each other's, it is a guess in any case.
	 */
	private static boolean mixedExpected;

	private Utf8Strings() {
	}

	/**
	 * Decodes a text.
	 * @param bytes holds the text
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @param workspace room for what the text consists of
	 * @return the text, {@code null} if it is not UTF-8
	 */
	static @Nullable String decode(byte[] bytes, int from, int to, TextWorkspace workspace) {
		int end = endOfAscii(bytes, from, to);
		if (end == to) {
			return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
		}
		if (to - from > TextWorkspace.MAX_LENGTH) {
			return Utf8.isValid(bytes, end, to) ? new String(bytes, from, to - from, StandardCharsets.UTF_8) : null;
		}
		return decode(bytes, from, to, workspace.widen(bytes, from, to), end - from, workspace.chars(to - from));
	}

	/**
	 * Decodes a text whose ASCII is known as characters.
	 * @param ascii a character for each byte, those of ASCII
	 * @param begin how many of these are the beginning of the text
	 * @param chars room for as many characters as there are bytes
	 */
	private static @Nullable String decode(byte[] bytes, int from, int to, char[] ascii, int begin, char[] chars) {
		System.arraycopy(ascii, 0, chars, 0, begin);
		int at = from + begin;
		int length = begin;
		while (at <= to - Integer.BYTES) {
			int next = (int) INT.get(bytes, at);
			if ((next & 0xc0e0) == 0x80c0) {
				int c = (next & 0x1f) << 6 | next >> 8 & 0x3f;
				if (c < 0x80) {
					return null;
				}
				chars[length++] = (char) c;
				at += 2;
			}
			else if ((next & 0xc0c0f0) == 0x8080e0) {
				int c = (next & 0xf) << 12 | next >> 2 & 0xfc0 | next >> 16 & 0x3f;
				if (c < 0x800 || (c & 0xf800) == 0xd800) {
					return null;
				}
				chars[length++] = (char) c;
				at += 3;
			}
			else if ((next & 0x8080) == 0) {
				int end = endOfAscii(bytes, at + 2, to);
				System.arraycopy(ascii, at - from, chars, length, end - at);
				length += end - at;
				at = end;
			}
			else if ((next & 0x80) == 0) {
				chars[length++] = (char) (next & 0x7f);
				at++;
			}
			else if ((next & 0xc0c0c0f8) == 0x808080f0) {
				int c = (next & 7) << 18 | next << 4 & 0x3f000 | next >> 10 & 0xfc0 | next >> 24 & 0x3f;
				if (c < Character.MIN_SUPPLEMENTARY_CODE_POINT || c > Character.MAX_CODE_POINT) {
					return null;
				}
				chars[length++] = Character.highSurrogate(c);
				chars[length++] = Character.lowSurrogate(c);
				at += 4;
			}
			else {
				return null;
			}
		}
		if (!Utf8.isValid(bytes, at, to)) {
			return null;
		}
		String rest = new String(bytes, at, to - at, StandardCharsets.UTF_8);
		rest.getChars(0, rest.length(), chars, length);
		return new String(chars, 0, length + rest.length());
	}

	private static int endOfAscii(byte[] bytes, int from, int to) {
		int at = from;
		for (; at <= to - Long.BYTES; at += Long.BYTES) {
			long others = (long) LONG.get(bytes, at) & HIGH_BITS;
			if (others != 0) {
				return at + (Long.numberOfTrailingZeros(others) >>> 3);
			}
		}
		while (at < to && bytes[at] >= 0) {
			at++;
		}
		return at;
	}

	/**
	 * Encodes a text.
	 * @param text the text; its lone surrogates become question marks
	 * @return its bytes
	 */
	static byte[] encode(String text) {
		byte[] bytes = mixedExpected ? encodeMixed(text) : text.getBytes(StandardCharsets.UTF_8);
		boolean mixed = bytes.length > text.length() && bytes.length - text.length() < text.length() / 3;
		if (mixed != mixedExpected) {
			mixedExpected = mixed;
		}
		return bytes;
	}

	/**
	 * Encodes a text that is likely to consist of ASCII with others in between.
	 */
	static byte[] encodeMixed(String text) {
		if (text.length() > TextWorkspace.MAX_LENGTH) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		TextWorkspace workspace = WORKSPACES.take();
		try {
			char[] chars = workspace.chars(text.length());
			byte[] bytes = workspace.bytes(text.length());
			text.getChars(0, text.length(), chars, 0);
			return Arrays.copyOf(bytes, encode(chars, text.length(), bytes));
		}
		finally {
			WORKSPACES.giveBack(workspace);
		}
	}

	private static int encode(char[] chars, int to, byte[] bytes) {
		int length = 0;
		int at = 0;
		while (at < to) {
			int begin = at;
			int shift = length - at;
			for (; at < to; at++) {
				char c = chars[at];
				if (c >= 0x80) {
					break;
				}
				bytes[at + shift] = (byte) c;
			}
			length += at - begin;
			while (at < to && chars[at] >= 0x80) {
				int c = chars[at++];
				if (c < 0x800) {
					SHORT.set(bytes, length, (short) (0x80c0 | c >> 6 | (c & 0x3f) << 8));
					length += 2;
				}
				else if (!Character.isSurrogate((char) c)) {
					INT.set(bytes, length, 0x8080e0 | c >> 12 | c << 2 & 0x3f00 | (c & 0x3f) << 16);
					length += 3;
				}
				else if (c <= Character.MAX_HIGH_SURROGATE && at < to && Character.isLowSurrogate(chars[at])) {
					int both = Character.toCodePoint((char) c, chars[at++]);
					INT.set(bytes, length,
							0x808080f0 | both >> 18 | both >> 4 & 0x3f00 | both << 10 & 0x3f0000 | (both & 0x3f) << 24);
					length += 4;
				}
				else {
					bytes[length++] = '?';
				}
			}
		}
		return length;
	}

}
