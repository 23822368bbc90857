package io.github.wsspring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links from page to page lead somewhere.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	@Test
	void linksLeadSomewhere() throws IOException {
		List<String> broken = new ArrayList<>();
		List<Path> pages = new ArrayList<>(Pages.all());
		pages.add(Pages.ROOT.resolve("CONTRIBUTING.md"));
		for (Path page : pages) {
			broken.addAll(broken(page));
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void brokenLinksAreFound(@TempDir Path directory) throws IOException {
		Path page = Files.writeString(directory.resolve("page.md"), """
				# The first, of two
				[itself](#the-first-of-two) [nobody](#the-second) [other](other.md) [there](there.md#a-b)
				[wrong](there.md#b) [far away](https://example.org/x#y)
				""");
		Files.writeString(directory.resolve("there.md"), "## `@A` b\n");
		assertThat(broken(page)).containsExactly("page.md: #the-second", "page.md: other.md", "page.md: there.md#b");
	}

	private static List<String> broken(Path page) throws IOException {
		List<String> broken = new ArrayList<>();
		for (Matcher link = LINK.matcher(Files.readString(page)); link.find();) {
			Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
			String anchor = link.group(2);
			if (!Files.exists(target) || (anchor != null && !anchors(target).contains(anchor))) {
				broken.add(page.getFileName() + ": " + link.group(1) + ((anchor != null) ? "#" + anchor : ""));
			}
		}
		return broken;
	}

	/** What the headings of a page are called in links. */
	private static List<String> anchors(Path page) throws IOException {
		return HEADING.matcher(Files.readString(page))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
			.toList();
	}

}
