package io.github.wsspring.conformance;

import java.util.Arrays;

/**
 * Decompresses the messages of one direction (RFC 1951, RFC 7692 section 7.2.2) and
 * refuses references beyond the agreed window.
 */
final class Inflate {

	private static final int MAX_MESSAGE = 32 * 1024 * 1024;

	private static final int[] LENGTH_BASE = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59,
			67, 83, 99, 115, 131, 163, 195, 227, 258 };

	private static final int[] LENGTH_BITS = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4,
			5, 5, 5, 5, 0 };

	private static final int[] CODE_LENGTH_ORDER = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };

	private static final byte[] TAIL = Hex.octets("0000ffff");

	private static final Codes FIXED_LITERALS;

	private static final Codes FIXED_DISTANCES;

	static {
		byte[] lengths = new byte[288];
		Arrays.fill(lengths, 0, 144, (byte) 8);
		Arrays.fill(lengths, 144, 256, (byte) 9);
		Arrays.fill(lengths, 256, 280, (byte) 7);
		Arrays.fill(lengths, 280, 288, (byte) 8);
		byte[] distances = new byte[30];
		Arrays.fill(distances, (byte) 5);
		try {
			FIXED_LITERALS = new Codes(lengths);
			FIXED_DISTANCES = new Codes(distances);
		}
		catch (Violation ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final int window;

	private final boolean takesOver;

	private byte[] in = {};

	private int inPosition;

	private long bits;

	private int bitCount;

	/** What earlier messages left in the window, then the current message. */
	private byte[] out = new byte[64 * 1024];

	private int outPosition;

	/**
	 * Creates a decompressor.
	 * @param windowBits the base-2 logarithm of the farthest legal distance, 8-15
	 * @param takesOver whether a message may refer to the ones before
	 */
	Inflate(int windowBits, boolean takesOver) {
		this.window = 1 << windowBits;
		this.takesOver = takesOver;
	}

	/**
	 * Decompresses one message.
	 * @param compressed its payload
	 * @return its content
	 * @throws Violation if the payload is not what was agreed
	 */
	byte[] message(byte[] compressed) throws Violation {
		keepWindow();
		int start = this.outPosition;
		this.in = Hex.join(compressed, TAIL);
		this.inPosition = 0;
		this.bits = 0;
		this.bitCount = 0;
		while (this.inPosition < this.in.length || this.bitCount > 0) {
			block();
		}
		return Arrays.copyOfRange(this.out, start, this.outPosition);
	}

	private void keepWindow() {
		int kept = this.takesOver ? Math.min(this.window, this.outPosition) : 0;
		System.arraycopy(this.out, this.outPosition - kept, this.out, 0, kept);
		this.outPosition = kept;
	}

	private void block() throws Violation {
		boolean last = take(1) == 1;
		switch (take(2)) {
			case 0 -> stored();
			case 1 -> coded(FIXED_LITERALS, FIXED_DISTANCES);
			case 2 -> dynamic();
			default -> throw Violation.ofPayload("block type 3");
		}
		if (last) {
			// RFC 7692 7.2.3.4: the next block begins with a new octet
			align();
		}
	}

	private void align() {
		this.bits >>>= this.bitCount & 7;
		this.bitCount &= ~7;
	}

	private void stored() throws Violation {
		align();
		int length = take(16);
		if ((take(16) ^ 0xffff) != length) {
			throw Violation.ofPayload("a stored block with a wrong length");
		}
		for (int i = 0; i < length; i++) {
			put((byte) take(8));
		}
	}

	private void dynamic() throws Violation {
		int literals = take(5) + 257;
		int distances = take(5) + 1;
		int codeLengths = take(4) + 4;
		byte[] lengthLengths = new byte[19];
		for (int i = 0; i < codeLengths; i++) {
			lengthLengths[CODE_LENGTH_ORDER[i]] = (byte) take(3);
		}
		Codes lengthCodes = new Codes(lengthLengths);
		byte[] lengths = new byte[literals + distances];
		for (int i = 0; i < lengths.length;) {
			int symbol = symbol(lengthCodes);
			byte value = (symbol < 16) ? (byte) symbol : (symbol == 16 && i > 0) ? lengths[i - 1] : 0;
			int times = switch (symbol) {
				case 16 -> 3 + take(2);
				case 17 -> 3 + take(3);
				case 18 -> 11 + take(7);
				default -> 1;
			};
			if (i + times > lengths.length || symbol == 16 && i == 0) {
				throw Violation.ofPayload("code lengths that do not fit");
			}
			Arrays.fill(lengths, i, i + times, value);
			i += times;
		}
		coded(new Codes(Arrays.copyOf(lengths, literals)),
				new Codes(Arrays.copyOfRange(lengths, literals, lengths.length)));
	}

	private void coded(Codes literals, Codes distances) throws Violation {
		for (int symbol = symbol(literals); symbol != 256; symbol = symbol(literals)) {
			if (symbol < 256) {
				put((byte) symbol);
			}
			else if (symbol > 285) {
				throw Violation.ofPayload("length symbol " + symbol);
			}
			else {
				int length = LENGTH_BASE[symbol - 257] + take(LENGTH_BITS[symbol - 257]);
				copy(distance(symbol(distances)), length);
			}
		}
	}

	private int distance(int symbol) throws Violation {
		if (symbol > 29) {
			throw Violation.ofPayload("distance symbol " + symbol);
		}
		if (symbol < 4) {
			return symbol + 1;
		}
		int extra = symbol / 2 - 1;
		return (2 + (symbol & 1) << extra) + 1 + take(extra);
	}

	private void copy(int distance, int length) throws Violation {
		if (distance > this.window || distance > this.outPosition) {
			throw Violation.ofPayload("distance " + distance + " is beyond the window of " + this.window + " octets or "
					+ "the " + this.outPosition + " that may be referred to");
		}
		ensureRoom(length);
		for (int i = 0; i < length; i++, this.outPosition++) {
			this.out[this.outPosition] = this.out[this.outPosition - distance];
		}
	}

	private void put(byte octet) throws Violation {
		ensureRoom(1);
		this.out[this.outPosition++] = octet;
	}

	private void ensureRoom(int length) throws Violation {
		if (this.outPosition + length > this.out.length) {
			if (this.out.length > MAX_MESSAGE) {
				throw Violation.ofPayload("a message that does not end");
			}
			this.out = Arrays.copyOf(this.out, this.out.length * 2);
		}
	}

	private int symbol(Codes codes) throws Violation {
		fill();
		int entry = codes.table[(int) this.bits & codes.mask];
		int length = entry & 15;
		if (length == 0 || length > this.bitCount) {
			throw Violation.ofPayload("a code that stands for nothing");
		}
		this.bits >>>= length;
		this.bitCount -= length;
		return entry >> 4;
	}

	private int take(int count) throws Violation {
		fill();
		if (count > this.bitCount) {
			throw Violation.ofPayload("compressed data that ends too early");
		}
		int value = (int) this.bits & (1 << count) - 1;
		this.bits >>>= count;
		this.bitCount -= count;
		return value;
	}

	private void fill() {
		while (this.bitCount <= 48 && this.inPosition < this.in.length) {
			this.bits |= (this.in[this.inPosition++] & 0xffL) << this.bitCount;
			this.bitCount += 8;
		}
	}

	/** Huffman codes, looked up by as many bits as the longest has. */
	private static final class Codes {

		/** Symbol and code length by the next bits of the input. */
		private final int[] table;

		private final int mask;

		Codes(byte[] lengths) throws Violation {
			int longest = 1;
			int[] count = new int[16];
			for (byte length : lengths) {
				count[length]++;
				longest = Math.max(longest, length);
			}
			count[0] = 0;
			int[] next = new int[16];
			for (int length = 1; length <= longest; length++) {
				next[length] = next[length - 1] + count[length - 1] << 1;
				if (next[length] + count[length] > 1 << length) {
					throw Violation.ofPayload("more codes than there can be");
				}
			}
			this.table = new int[1 << longest];
			this.mask = this.table.length - 1;
			for (int symbol = 0; symbol < lengths.length; symbol++) {
				int length = lengths[symbol];
				if (length > 0) {
					int reversed = Integer.reverse(next[length]++) >>> 32 - length;
					for (int i = reversed; i < this.table.length; i += 1 << length) {
						this.table[i] = symbol << 4 | length;
					}
				}
			}
		}

	}

}
