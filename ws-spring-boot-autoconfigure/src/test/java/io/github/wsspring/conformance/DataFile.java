package io.github.wsspring.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A file that messages are cut from, made from a seed.
 */
final class DataFile {

	private static final String[] WORDS = { "die", "der", "und", "in", "zu", "den", "das", "nicht", "von", "sie", "ist",
			"des", "sich", "mit", "dem", "dass", "er", "es", "ein", "ich", "auf", "so", "eine", "auch", "als", "an",
			"nach", "wie", "im", "Mann", "Frau", "Haus", "Garten", "Wagen", "Nachbar", "Morgen", "Abend", "Fenster",
			"Strom", "Wasser", "Brief", "Reise", "Zimmer", "Stunde", "gehen", "kommen", "sagen", "denken", "finden" };

	private final byte[] octets;

	/** The characters of a text, empty if messages are cut by octets. */
	private final int[] codePoints;

	private DataFile(byte[] octets, int[] codePoints) {
		this.octets = octets;
		this.codePoints = codePoints;
	}

	/** Repetitive JSON, all ASCII. */
	static DataFile json(long seed) {
		Random random = new Random(seed);
		StringBuilder text = new StringBuilder("[");
		for (int id = 1; text.length() < 194_056; id++) {
			text.append(String.format(Locale.ROOT,
					"\n  {\"id\": %d, \"name\": \"%s %s\", \"active\": %b, \"score\": %.3f, \"tags\": [\"%s\", \"%s\"]},",
					id, word(random), word(random), random.nextBoolean(), random.nextDouble() * 1000, word(random),
					word(random)));
		}
		return ofText(text.substring(0, 194_055) + "]");
	}

	/** A bitmap of 512 x 512 grey pixels. */
	static DataFile bitmap(long seed) {
		Random random = new Random(seed);
		byte[] octets = new byte[54 + 4 * 256 + 512 * 512];
		octets[0] = 'B';
		octets[1] = 'M';
		for (int grey = 0; grey < 256; grey++) {
			Arrays.fill(octets, 54 + 4 * grey, 57 + 4 * grey, (byte) grey);
		}
		double slope = random.nextDouble() / 8;
		for (int y = 0; y < 512; y++) {
			for (int x = 0; x < 512; x++) {
				double grey = 128 + 90 * Math.sin(x * slope) * Math.cos(y / 37.0) + random.nextInt(5);
				octets[54 + 1024 + 512 * y + x] = (byte) grey;
			}
		}
		return new DataFile(octets, new int[0]);
	}

	/** German-like prose; messages are cut without regard to characters. */
	static DataFile prose(long seed) {
		Random random = new Random(seed);
		StringBuilder text = new StringBuilder();
		while (text.length() < 222_218 - 2846) {
			text.append(word(random)).append((random.nextInt(9) == 0) ? ".\n" : " ");
		}
		text.setLength(222_218 - 2846);
		sprinkle(text, random, 2846, "\u00e4\u00f6\u00fc\u00df\u00c4\u00d6\u00dc");
		return new DataFile(text.toString().getBytes(StandardCharsets.UTF_8), new int[0]);
	}

	/** HTML with a few characters beyond ASCII. */
	static DataFile html(long seed) {
		Random random = new Random(seed);
		StringBuilder text = new StringBuilder("<!DOCTYPE html>\n<html><body>\n");
		while (text.length() < 263_620) {
			text.append("<tr class=\"")
				.append(word(random))
				.append("\"><td><a href=\"/")
				.append(word(random))
				.append('/');
			text.append(random.nextInt(10_000)).append("\">").append(word(random)).append("</a></td></tr>\n");
		}
		text.setLength(263_620);
		sprinkle(text, random, 25, "\u00e4\u00f6\u00fc");
		sprinkle(text, random, 1, "\u20ac");
		return ofText(text.toString());
	}

	/** What a PDF is: a little text, then streams that are compressed already. */
	static DataFile pdf(long seed) {
		Random random = new Random(seed);
		byte[] octets = new byte[1_042_328];
		random.nextBytes(octets);
		byte[] object = "\nendstream\nendobj\n7 0 obj\n<< /Length 8192 /Filter /FlateDecode >>\nstream\n"
			.getBytes(StandardCharsets.US_ASCII);
		for (int from = 0; from + object.length < octets.length; from += 8192) {
			System.arraycopy(object, 0, octets, from, object.length);
		}
		return new DataFile(octets, new int[0]);
	}

	private static DataFile ofText(String text) {
		return new DataFile(text.getBytes(StandardCharsets.UTF_8), text.codePoints().toArray());
	}

	private static String word(Random random) {
		return WORDS[Math.min(random.nextInt(WORDS.length), random.nextInt(WORDS.length))];
	}

	private static void sprinkle(StringBuilder text, Random random, int count, String characters) {
		for (int done = 0; done < count;) {
			int at = random.nextInt(text.length());
			if (text.charAt(at) < 0x80) {
				text.setCharAt(at, characters.charAt(random.nextInt(characters.length())));
				done++;
			}
		}
	}

	/** The number of octets. */
	int size() {
		return this.octets.length;
	}

	/** The number of characters, 0 if messages are cut by octets. */
	int characters() {
		return this.codePoints.length;
	}

	/**
	 * Consecutive windows over the file as a ring.
	 * @param length their octets or, if the file is text, characters
	 * @return the windows from the start on
	 */
	Supplier<Case.Messages> windows(int length) {
		int total = (this.codePoints.length > 0) ? this.codePoints.length : this.octets.length;
		return () -> {
			int[] position = { 0 };
			return () -> {
				int from = position[0];
				int end = (from + length) % total;
				position[0] = end;
				return (end > from) ? cut(from, end) : Hex.join(cut(from, total), cut(0, end));
			};
		};
	}

	private byte[] cut(int from, int to) {
		return (this.codePoints.length > 0)
				? new String(this.codePoints, from, to - from).getBytes(StandardCharsets.UTF_8)
				: Arrays.copyOfRange(this.octets, from, to);
	}

}
