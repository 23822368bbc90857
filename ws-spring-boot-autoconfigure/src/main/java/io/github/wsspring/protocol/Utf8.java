package io.github.wsspring.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 (RFC 3629) while it arrives, in pieces that may be cut anywhere.
 * <p>
 * The state between two pieces is an {@code int}: what the next byte must be. It holds
 * three numbers, one per octet: how many continuation bytes are missing, and the lowest
 * and the highest value that the next one may have. Only the first continuation byte is
 * ever restricted further than to {@code 80-BF}; that is what excludes overlong forms,
 * surrogates and values beyond U+10FFFF.
 */
final class Utf8 {

	/** The text may end here. */
	static final int COMPLETE = 0;

	/** The text is not UTF-8, whatever follows. */
	static final int INVALID = -1;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final long HIGH_BITS = 0x8080808080808080L;

	private Utf8() {
	}

	static boolean isValid(byte[] bytes, int from, int to) {
		return check(COMPLETE, bytes, from, to) == COMPLETE;
	}

	/**
	 * Checks one more piece.
	 * @param state {@link #COMPLETE} at the beginning, later what the last call returned
	 * @param bytes holds the piece
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @return the state after the piece, {@link #INVALID} if it cannot be UTF-8
	 */
	static int check(int state, byte[] bytes, int from, int to) {
		int expected = state;
		int at = from;
		while (at < to) {
			if (expected == COMPLETE) {
				at = skipAscii(bytes, at, to);
				if (at == to) {
					return COMPLETE;
				}
				expected = afterLead(bytes[at] & 0xff);
			}
			else {
				expected = afterContinuation(expected, bytes[at] & 0xff);
			}
			if (expected == INVALID) {
				return INVALID;
			}
			at++;
		}
		return expected;
	}

	private static int skipAscii(byte[] bytes, int from, int to) {
		int at = from;
		while (at <= to - Long.BYTES && ((long) LONG.get(bytes, at) & HIGH_BITS) == 0) {
			at += Long.BYTES;
		}
		while (at < to && bytes[at] >= 0) {
			at++;
		}
		return at;
	}

	// RFC 3629, section 4: the table of well-formed sequences
	private static int afterLead(int lead) {
		if (lead < 0xc2) {
			return INVALID;
		}
		if (lead < 0xe0) {
			return expect(1, 0x80, 0xbf);
		}
		if (lead < 0xf0) {
			return expect(2, (lead == 0xe0) ? 0xa0 : 0x80, (lead == 0xed) ? 0x9f : 0xbf);
		}
		if (lead < 0xf5) {
			return expect(3, (lead == 0xf0) ? 0x90 : 0x80, (lead == 0xf4) ? 0x8f : 0xbf);
		}
		return INVALID;
	}

	private static int afterContinuation(int expected, int octet) {
		int missing = expected >>> 16;
		if (octet < ((expected >>> 8) & 0xff) || octet > (expected & 0xff)) {
			return INVALID;
		}
		return (missing == 1) ? COMPLETE : expect(missing - 1, 0x80, 0xbf);
	}

	private static int expect(int missing, int lowest, int highest) {
		return (missing << 16) | (lowest << 8) | highest;
	}

}
