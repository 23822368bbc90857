package io.github.wsspring.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * Texts to measure with, of a given length in UTF-8.
 */
public enum Texts {

	/** JSON without any letter beyond ASCII. */
	ASCII("{\"type\":\"said\",\"from\":\"alice\",\"text\":\"The quick brown fox\"},"),

	/** French: one letter in ten or so takes two bytes. */
	LATIN1("Où est passé le garçon à la crème brûlée ? Là-bas, près du café fermé. "),

	/** Scripts whose letters take one, two, three and four bytes. */
	MIXED("Fox лиса αλεπού 狐 여우 \uD83E\uDD8A, Dog собака σκύλος 犬 개 \uD83D\uDC36. ");

	private final String pattern;

	Texts(String pattern) {
		this.pattern = pattern;
	}

	/**
	 * A text.
	 * @param size how many bytes it takes in UTF-8
	 * @return the pattern as often as it fits; letters that do not fit are replaced by
	 * dots
	 */
	public String ofSize(int size) {
		StringBuilder text = new StringBuilder(size);
		int bytes = 0;
		for (int at = 0; bytes < size; at = (at + 1) % this.pattern.length()) {
			int letter = this.pattern.codePointAt(at);
			int length = Character.toString(letter).getBytes(StandardCharsets.UTF_8).length;
			if (bytes + length > size) {
				letter = '.';
				length = 1;
			}
			text.appendCodePoint(letter);
			bytes += length;
			at += Character.charCount(letter) - 1;
		}
		return text.toString();
	}

}
