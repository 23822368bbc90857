package io.github.wsspring.protocol;

import java.util.Arrays;

/**
 * Finds out how far back a DEFLATE stream refers (RFC 1951), which no decompressor tells.
 */
final class DeflateDistance {

	private static final int[] ORDER = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };

	private final byte[] bytes;

	private int bit;

	private int longest;

	private DeflateDistance(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * The longest distance.
	 * @param bytes whole blocks, the last one padded
	 * @return 0 if nothing is referred to
	 */
	static int longest(byte[] bytes) {
		DeflateDistance reader = new DeflateDistance(bytes);
		while (reader.bytes.length * 8 - reader.bit >= 8) {
			reader.block();
		}
		return reader.longest;
	}

	private void block() {
		bits(1);
		switch (bits(2)) {
			case 0 -> {
				this.bit = (this.bit + 7) / 8 * 8;
				int length = bits(16);
				this.bit += 16 + 8 * length;
			}
			case 1 -> symbols(fixedLiterals(), fixedDistances());
			case 2 -> dynamic();
			default -> throw new IllegalStateException("Block of type 3");
		}
	}

	private static int[] fixedLiterals() {
		int[] lengths = new int[288];
		for (int i = 0; i < 288; i++) {
			lengths[i] = (i < 144) ? 8 : (i < 256) ? 9 : (i < 280) ? 7 : 8;
		}
		return lengths;
	}

	private static int[] fixedDistances() {
		int[] lengths = new int[30];
		Arrays.fill(lengths, 5);
		return lengths;
	}

	private void dynamic() {
		int[] literals = new int[bits(5) + 257];
		int[] distances = new int[bits(5) + 1];
		int[] codes = new int[19];
		int count = bits(4) + 4;
		for (int i = 0; i < count; i++) {
			codes[ORDER[i]] = bits(3);
		}
		int[] lengths = new int[literals.length + distances.length];
		for (int i = 0; i < lengths.length;) {
			int symbol = symbol(codes);
			int value = (symbol < 16) ? symbol : (symbol == 16) ? lengths[i - 1] : 0;
			int times = switch (symbol) {
				case 16 -> 3 + bits(2);
				case 17 -> 3 + bits(3);
				case 18 -> 11 + bits(7);
				default -> 1;
			};
			while (times-- > 0) {
				lengths[i++] = value;
			}
		}
		System.arraycopy(lengths, 0, literals, 0, literals.length);
		System.arraycopy(lengths, literals.length, distances, 0, distances.length);
		symbols(literals, distances);
	}

	private void symbols(int[] literals, int[] distances) {
		for (int symbol = symbol(literals); symbol != 256; symbol = symbol(literals)) {
			if (symbol > 264 && symbol < 285) {
				bits((symbol - 261) / 4);
			}
			if (symbol > 256) {
				int code = symbol(distances);
				int distance = (code < 4) ? code + 1 : ((2 + code % 2) << (code / 2 - 1)) + 1 + bits(code / 2 - 1);
				this.longest = Math.max(this.longest, distance);
			}
		}
	}

	/** Reads a canonical Huffman code bit by bit. */
	private int symbol(int[] lengths) {
		int code = 0;
		int first = 0;
		for (int length = 1; length < 16; length++) {
			code = code << 1 | bits(1);
			first <<= 1;
			for (int symbol = 0; symbol < lengths.length; symbol++) {
				if (lengths[symbol] == length && code == first++) {
					return symbol;
				}
			}
		}
		throw new IllegalStateException("A code that stands for nothing");
	}

	private int bits(int count) {
		int value = 0;
		for (int i = 0; i < count; i++, this.bit++) {
			value |= (this.bytes[this.bit / 8] >> this.bit % 8 & 1) << i;
		}
		return value;
	}

}
