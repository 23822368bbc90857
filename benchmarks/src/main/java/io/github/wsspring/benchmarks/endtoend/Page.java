package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of which parts are written by programs, each between a line
 * {@code <!-- name: begin -->} and a line {@code <!-- name: end -->}.
 */
final class Page {

	private final Path file;

	Page(Path file) {
		this.file = file;
	}

	/**
	 * Writes a part anew.
	 * @param name the part's name
	 * @param text what it says now
	 * @throws IOException if the page cannot be changed
	 * @throws IllegalStateException if it has no such part
	 */
	void replace(String name, String text) throws IOException {
		String page = Files.readString(this.file);
		String begin = "<!-- " + name + ": begin -->\n";
		int from = page.indexOf(begin) + begin.length();
		int to = page.indexOf("<!-- " + name + ": end -->");
		if (from < begin.length() || to < from) {
			throw new IllegalStateException(this.file + " has no part '" + name + "'; write the lines <!-- " + name
					+ ": begin --> and <!-- " + name + ": end -->");
		}
		Files.writeString(this.file, page.substring(0, from) + "\n" + text.strip() + "\n\n" + page.substring(to));
	}

}
