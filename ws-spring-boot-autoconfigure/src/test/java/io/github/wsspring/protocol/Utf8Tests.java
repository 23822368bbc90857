package io.github.wsspring.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Held against the JDK's strict decoder, for whole sequences and for each split of them.
 */
class Utf8Tests {

	/** The edges of what a continuation byte may be. */
	private static final int[] EDGES = { 0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff };

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private boolean jdkAccepts(byte[] bytes) {
		try {
			this.decoder.decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	private void compare(int... octets) {
		byte[] bytes = new byte[octets.length];
		for (int i = 0; i < octets.length; i++) {
			bytes[i] = (byte) octets[i];
		}
		compare(bytes);
	}

	private void compare(byte[] bytes) {
		boolean expected = jdkAccepts(bytes);
		boolean same = Utf8.isValid(bytes, 0, bytes.length) == expected;
		for (int cut = 1; cut < bytes.length && same; cut++) {
			int state = Utf8.check(Utf8.COMPLETE, bytes, 0, cut);
			same = expected == (state != Utf8.INVALID && Utf8.check(state, bytes, cut, bytes.length) == Utf8.COMPLETE);
		}
		if (!same) {
			throw new AssertionError(Hex.of(bytes) + " should be " + (expected ? "valid" : "invalid"));
		}
	}

	@Test
	void allSequencesOfOneAndTwoBytes() {
		for (int first = 0; first <= 0xff; first++) {
			compare(first);
			for (int second = 0; second <= 0xff; second++) {
				compare(first, second);
			}
		}
	}

	@Test
	void allLeadsOfThreeByteSequencesWithAllSecondBytes() {
		for (int lead = 0xe0; lead <= 0xef; lead++) {
			for (int second = 0; second <= 0xff; second++) {
				for (int third : EDGES) {
					compare(lead, second, third);
				}
			}
		}
	}

	@Test
	void allLeadsOfFourByteSequencesWithAllSecondBytes() {
		for (int lead = 0xf0; lead <= 0xff; lead++) {
			for (int second = 0; second <= 0xff; second++) {
				compare(lead, second, 0x80);
				for (int third : EDGES) {
					for (int fourth : EDGES) {
						compare(lead, second, third, fourth);
					}
				}
			}
		}
	}

	@Test
	void allCodePoints() {
		for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
				byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
				if (!Utf8.isValid(bytes, 0, bytes.length)) {
					throw new AssertionError("U+" + Integer.toHexString(codePoint) + " is valid");
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "c080", "c1bf", "e08080", "e09fbf", "f0808080", "f08fbfbf", "f8808080 80" })
	void overlongFormsAreInvalid(String hex) {
		byte[] bytes = Hex.bytes(hex);
		assertThat(Utf8.isValid(bytes, 0, bytes.length)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eda080", "edbfbf", "eda080edb080" })
	void surrogatesAreInvalid(String hex) {
		byte[] bytes = Hex.bytes(hex);
		assertThat(Utf8.isValid(bytes, 0, bytes.length)).isFalse();
	}

	@Test
	void aFaultShowsWithItsFirstByte() {
		assertThat(Utf8.check(Utf8.COMPLETE, Hex.bytes("eda0"), 0, 2)).isEqualTo(Utf8.INVALID);
		assertThat(Utf8.check(Utf8.COMPLETE, Hex.bytes("f490"), 0, 2)).isEqualTo(Utf8.INVALID);
		assertThat(Utf8.check(Utf8.COMPLETE, Hex.bytes("ce20"), 0, 2)).isEqualTo(Utf8.INVALID);
	}

	@Test
	void aFaultAtAnyPlaceIsFound() {
		for (int length = 1; length <= 40; length++) {
			for (int place = 0; place < length; place++) {
				byte[] bytes = "a".repeat(length).getBytes(StandardCharsets.UTF_8);
				bytes[place] = (byte) 0x80;
				assertThat(Utf8.isValid(bytes, 0, length)).isFalse();
				assertThat(Utf8.isValid(bytes, 0, place)).isTrue();
				assertThat(Utf8.isValid(bytes, place + 1, length)).isTrue();
			}
		}
	}

	@Test
	void randomBytesAreJudgedAsByTheJdk() {
		Random random = Seed.random(Utf8Tests.class);
		for (int i = 0; i < 20_000; i++) {
			compare(mutated(randomText(random).getBytes(StandardCharsets.UTF_8), random));
		}
	}

	private static byte[] mutated(byte[] bytes, Random random) {
		if (bytes.length > 0 && random.nextBoolean()) {
			bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return bytes;
	}

	private static String randomText(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(20); i > 0; i--) {
			int bits = 7 + random.nextInt(15);
			int codePoint = random.nextInt(Math.min(1 << bits, Character.MAX_CODE_POINT + 1));
			boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
			text.appendCodePoint(surrogate ? 'x' : codePoint);
		}
		return text.toString();
	}

}
