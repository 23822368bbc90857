package io.github.wsspring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages that are tested.
 */
final class Pages {

	/** The directory of the whole project. */
	static final Path ROOT = Path.of("..");

	private Pages() {
	}

	/**
	 * Finds the README and the pages under {@code docs}.
	 * @return their paths
	 */
	static List<Path> all() throws IOException {
		List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			docs.filter((page) -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
		}
		return pages;
	}

}
