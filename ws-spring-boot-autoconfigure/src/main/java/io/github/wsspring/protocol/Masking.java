package io.github.wsspring.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Applies a masking key (RFC 6455, section 5.3), eight bytes at a time.
 */
public final class Masking {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private Masking() {
	}

	/**
	 * Masks or unmasks bytes in place.
	 * @param bytes the bytes
	 * @param from the index of the first byte
	 * @param to the index after the last byte
	 * @param key the masking key, its first octet in the highest eight bits; it applies
	 * to the byte at {@code from}
	 */
	public static void apply(byte[] bytes, int from, int to, int key) {
		if (key == 0) {
			return;
		}
		int at = from;
		long wide = ((long) key << 32) | (key & 0xffffffffL);
		for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
			LONG.set(bytes, at, (long) LONG.get(bytes, at) ^ wide);
		}
		for (int rest = key; at < to; at++) {
			rest = Integer.rotateLeft(rest, 8);
			bytes[at] ^= (byte) rest;
		}
	}

	/**
	 * The key for bytes that come later in the same payload.
	 * @param key the key for the first of the bytes that have passed
	 * @param passed how many bytes have passed
	 * @return the key turned by as many octets
	 */
	static int advance(int key, int passed) {
		return Integer.rotateLeft(key, (passed & 3) * 8);
	}

}
