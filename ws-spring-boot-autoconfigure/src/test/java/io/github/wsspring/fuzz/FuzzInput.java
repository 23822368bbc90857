package io.github.wsspring.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes of a peer, and the pieces that the fuzzer wants them to arrive in.
 *
 * <pre>
 *  octet 0             octets 1 to n                    octets n + 1 to the end
 * +-------------------+--------------------------------+--------------------------
 * | options 5 bits, n | lengths of pieces, 0 means 256 | what the peer sends
 * +-------------------+--------------------------------+--------------------------
 * </pre>
 *
 * The lengths are used again and again; without any, each piece is one byte.
 *
 * @param options what the fuzz test makes of it, 0 to 31
 * @param lengths the lengths of the pieces
 * @param bytes what the peer sends
 */
public record FuzzInput(int options, int[] lengths, byte[] bytes) {

	private static final int LENGTHS = 0x07;

	/**
	 * Reads what the fuzzer made up.
	 * @param input any bytes
	 * @return the input
	 */
	public static FuzzInput of(byte[] input) {
		if (input.length == 0) {
			return new FuzzInput(0, new int[0], input);
		}
		int[] lengths = new int[Math.min(input[0] & LENGTHS, input.length - 1)];
		for (int i = 0; i < lengths.length; i++) {
			int length = input[i + 1] & 0xff;
			lengths[i] = (length != 0) ? length : 256;
		}
		return new FuzzInput((input[0] & 0xff) >> 3, lengths,
				Arrays.copyOfRange(input, 1 + lengths.length, input.length));
	}

	/**
	 * Whether an option is set.
	 * @param index its bit, 0 to 4
	 * @return whether that bit is set
	 */
	public boolean option(int index) {
		return (this.options >> index & 1) != 0;
	}

	/**
	 * The bytes in one piece.
	 * @return a list of one
	 */
	public List<byte[]> whole() {
		return List.of(this.bytes.clone());
	}

	/**
	 * The bytes as the fuzzer cuts them.
	 * @return the pieces, none of them empty
	 */
	public List<byte[]> pieces() {
		List<byte[]> pieces = new ArrayList<>();
		int from = 0;
		while (from < this.bytes.length) {
			int length = (this.lengths.length > 0) ? this.lengths[pieces.size() % this.lengths.length] : 1;
			int to = Math.min(this.bytes.length, from + length);
			pieces.add(Arrays.copyOfRange(this.bytes, from, to));
			from = to;
		}
		return pieces;
	}

}
