package io.github.wsspring.protocol;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTests {

	private static final int KEY = 0x81c2f304;

	private static byte[] numbered(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (i * 37 + 11);
		}
		return bytes;
	}

	/** RFC 6455, section 5.3, word by word: j = i MOD 4. */
	private static byte[] expected(byte[] bytes, int from, int to, int key, int phase) {
		byte[] masked = bytes.clone();
		for (int i = from; i < to; i++) {
			int j = (i - from + phase) % 4;
			masked[i] = (byte) (bytes[i] ^ (key >>> (24 - 8 * j)));
		}
		return masked;
	}

	@Test
	void theExampleOfSection57IsUnmasked() {
		byte[] bytes = Hex.bytes("7f9f4d5158");
		Masking.apply(bytes, 0, 5, 0x37fa213d);
		assertThat(Hex.of(bytes)).isEqualTo("48656c6c6f");
	}

	@Test
	void allLengthsOffsetsAndPhasesAreMaskedAsByTheRfcsLoop() {
		for (int length = 0; length <= 70; length++) {
			for (int offset = 0; offset <= 8; offset++) {
				for (int phase = 0; phase < 4; phase++) {
					byte[] bytes = numbered(offset + length + 9);
					byte[] expected = expected(bytes, offset, offset + length, KEY, phase);
					Masking.apply(bytes, offset, offset + length, Masking.advance(KEY, phase));
					assertThat(bytes).isEqualTo(expected);
				}
			}
		}
	}

	@Test
	void piecesAreMaskedLikeTheWhole() {
		byte[] whole = numbered(30);
		Masking.apply(whole, 0, 30, KEY);
		for (int first = 0; first <= 30; first++) {
			for (int second = first; second <= 30; second++) {
				byte[] bytes = numbered(30);
				int key = KEY;
				Masking.apply(bytes, 0, first, key);
				key = Masking.advance(key, first);
				Masking.apply(bytes, first, second, key);
				key = Masking.advance(key, second - first);
				Masking.apply(bytes, second, 30, key);
				assertThat(bytes).isEqualTo(whole);
			}
		}
	}

	@Test
	void maskingTwiceIsNoMasking() {
		byte[] bytes = numbered(1000);
		Masking.apply(bytes, 3, 997, KEY);
		assertThat(bytes).isNotEqualTo(numbered(1000));
		Masking.apply(bytes, 3, 997, KEY);
		assertThat(bytes).isEqualTo(numbered(1000));
	}

	@Test
	void aKeyOfZeroChangesNothing() {
		byte[] bytes = numbered(50);
		Masking.apply(bytes, 0, 50, 0);
		assertThat(bytes).isEqualTo(numbered(50));
	}

	@Test
	void eachOctetOfTheKeyIsUsedUnsigned() {
		for (int key : new int[] { 0xff000000, 0x00ff0000, 0x0000ff00, 0x000000ff, 0x80808080, -1 }) {
			byte[] bytes = numbered(21);
			Masking.apply(bytes, 0, 21, key);
			assertThat(bytes).isEqualTo(expected(numbered(21), 0, 21, key, 0));
		}
	}

	@Test
	void aKeyComesRoundAfterFourBytes() {
		for (int passed = 0; passed < 20; passed++) {
			assertThat(Masking.advance(KEY, passed)).isEqualTo(Masking.advance(KEY, passed + 4));
		}
		assertThat(Masking.advance(KEY, 1)).isEqualTo(0xc2f30481);
		assertThat(Masking.advance(KEY, Integer.MAX_VALUE)).isEqualTo(Masking.advance(KEY, 3));
		assertThat(Arrays.asList(0, 4, 8)).allMatch((passed) -> Masking.advance(KEY, passed) == KEY);
	}

}
