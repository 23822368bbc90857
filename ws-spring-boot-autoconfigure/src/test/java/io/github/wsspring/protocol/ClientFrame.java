package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;

/**
 * Writes the frames of a client octet by octet, legal or not, and knows nothing of the
 * code under test.
 */
final class ClientFrame {

	static final int KEY = 0x37fa213d;

	private ClientFrame() {
	}

	/** A frame whose length takes as few octets as it can. */
	static byte[] of(int firstOctet, byte[] payload) {
		return of(firstOctet, payload, KEY);
	}

	static byte[] of(int firstOctet, byte[] payload, int key) {
		return Hex.join(header(firstOctet, lengthBits(payload.length), payload.length, key), masked(payload, key));
	}

	static int lengthBits(long length) {
		if (length < 126) {
			return 7;
		}
		return (length < 65536) ? 16 : 64;
	}

	static byte[] header(int firstOctet, int lengthBits, long length, int key) {
		ByteArrayOutputStream header = new ByteArrayOutputStream();
		header.write(firstOctet);
		switch (lengthBits) {
			case 7 -> header.write(0x80 | (int) length);
			case 16 -> header.write(0xfe);
			case 64 -> header.write(0xff);
			default -> throw new IllegalArgumentException("There is no length of " + lengthBits + " bits");
		}
		for (int shift = lengthBits - 8; shift >= 0; shift -= 8) {
			header.write((int) (length >>> shift));
		}
		for (int shift = 24; shift >= 0; shift -= 8) {
			header.write(key >>> shift);
		}
		return header.toByteArray();
	}

	static byte[] masked(byte[] payload, int key) {
		byte[] masked = payload.clone();
		for (int i = 0; i < masked.length; i++) {
			masked[i] = (byte) (payload[i] ^ (key >>> (24 - 8 * (i % 4))));
		}
		return masked;
	}

}
