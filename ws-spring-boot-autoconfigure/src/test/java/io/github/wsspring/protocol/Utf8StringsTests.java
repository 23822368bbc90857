package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Held against the JDK and against {@link Utf8}.
 */
class Utf8StringsTests {

	private static final TextWorkspace WORKSPACE = new TextWorkspace();

	@Test
	void everyCodePointAtEveryDistanceFromTheEnd() {
		for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			String text = Character.toString(codePoint) + "abcdefghi".substring(codePoint % 10);
			check(text);
			check("\u00e4" + text);
		}
	}

	@Test
	void randomTexts() {
		long seed = ThreadLocalRandom.current().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 20_000; i++) {
			String text = text(random);
			try {
				check(text);
			}
			catch (AssertionError ex) {
				throw new AssertionError("seed " + seed + ", text " + i, ex);
			}
		}
	}

	@Test
	void loneSurrogatesBecomeQuestionMarks() {
		for (String text : new String[] { "\ud800", "\udc00", "a\ud83d", "\ud83da", "\ude00\ud83d",
				"\ud83d\ud83d\ude00", "\u65e5\ud83d\u672c" }) {
			assertThat(Utf8Strings.encodeMixed(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void whatIsNotUtf8IsRefusedWhereverItStands() {
		long seed = ThreadLocalRandom.current().nextLong();
		Random random = new Random(seed);
		int refused = 0;
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = text(random).getBytes(StandardCharsets.UTF_8);
			for (int j = random.nextInt(3); j >= 0 && bytes.length > 0; j--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			int from = Math.min(random.nextInt(3), bytes.length);
			String decoded = Utf8Strings.decode(bytes, from, bytes.length, WORKSPACE);
			String expected = Utf8.isValid(bytes, from, bytes.length)
					? new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8) : null;
			assertThat(decoded).as("seed %d, text %d: %s", seed, i, Hex.of(bytes)).isEqualTo(expected);
			refused += (decoded == null) ? 1 : 0;
		}
		assertThat(refused).isBetween(5_000, 45_000);
	}

	@Test
	void theGuessAboutTheNextTextDoesNotChangeIt() {
		String[] texts = { "plain", "mostly plain \u20ac", "\u65e5\u672c\u8a9e", "", "caf\u00e9 and more of it" };
		for (String before : texts) {
			for (String text : texts) {
				Utf8Strings.encode(before);
				assertThat(Utf8Strings.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private static void check(String text) {
		byte[] expected = text.getBytes(StandardCharsets.UTF_8);
		byte[] encoded = Utf8Strings.encodeMixed(text);
		if (!Arrays.equals(encoded, expected)) {
			throw new AssertionError(Hex.of(encoded) + " should be " + Hex.of(expected));
		}
		String wellFormed = new String(expected, StandardCharsets.UTF_8);
		byte[] within = new byte[expected.length + 2];
		System.arraycopy(expected, 0, within, 1, expected.length);
		if (!wellFormed.equals(Utf8Strings.decode(within, 1, within.length - 1, WORKSPACE))) {
			throw new AssertionError(Hex.of(expected));
		}
	}

	/** Runs of different scripts. */
	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int runs = random.nextInt(6); runs > 0; runs--) {
			int script = random.nextInt(6);
			for (int length = random.nextInt(20); length > 0; length--) {
				text.appendCodePoint(switch (script) {
					case 0, 1 -> ' ' + random.nextInt(95);
					case 2 -> 0x80 + random.nextInt(0x80);
					case 3 -> 0x400 + random.nextInt(0x100);
					case 4 -> 0x4e00 + random.nextInt(0x5000);
					default -> 0x10000 + random.nextInt(0x100000);
				});
			}
		}
		return text.toString();
	}

}
