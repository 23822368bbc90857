package io.github.wsspring.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of the comparison are those of its code.
 */
class ComparisonTests {

	private static final Path PAGE = Path.of("../docs/comparison.md");

	private static final Path JAVA = Path.of("src/test/java/io/github/wsspring/comparison");

	private static final Path KEYS = Path.of("src/test/resources/io/github/wsspring/comparison");

	/** Such as {@code | [name](../docs-tests/.../comparison/starter) | 15 | 3 |}. */
	private static final Pattern ROW = Pattern
		.compile("\\| \\[[^]]+]\\(\\.\\./docs-tests/" + JAVA + "/(\\w+)\\) \\| (\\d+) \\| (\\d+) \\|.*");

	@Test
	void thePageHasTheFiguresOfTheCode() throws IOException {
		Map<String, List<Integer>> counted = new TreeMap<>();
		try (Stream<Path> peers = Files.list(JAVA)) {
			for (Path peer : peers.filter(Files::isDirectory).toList()) {
				String name = peer.getFileName().toString();
				counted.put(name, List.of(lines(peer), lines(KEYS.resolve(name))));
			}
		}
		assertThat(figuresOfThePage()).isEqualTo(counted).hasSize(5);
	}

	@Test
	void oursIsTheShortest() throws IOException {
		Map<String, List<Integer>> figures = figuresOfThePage();
		int ours = sum(figures.getOrDefault("starter", List.of()));
		figures.forEach((name, others) -> {
			if (!name.equals("starter")) {
				assertThat(sum(others)).as(name).isGreaterThan(ours);
			}
		});
	}

	@Test
	void onlyCodeCounts() {
		assertThat(Stream.of("package a;", "", "import b;", "// c", "/**", " * d", " */", "# e", "\t")
			.filter(this::isCode)).isEmpty();
		assertThat(Stream.of("class A {", "}", "\t@Override", "a.b=c").filter(this::isCode)).hasSize(4);
	}

	private static Map<String, List<Integer>> figuresOfThePage() throws IOException {
		Map<String, List<Integer>> figures = new TreeMap<>();
		for (String line : Files.readAllLines(PAGE)) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				figures.put(row.group(1), List.of(Integer.valueOf(row.group(2)), Integer.valueOf(row.group(3))));
			}
		}
		return figures;
	}

	private static int sum(List<Integer> figures) {
		return figures.stream().mapToInt(Integer::intValue).sum();
	}

	private int lines(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return 0;
		}
		List<String> lines = new ArrayList<>();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				lines.addAll(Files.readAllLines(file));
			}
		}
		return (int) lines.stream().filter(this::isCode).count();
	}

	/** The rule that the page names. */
	private boolean isCode(String line) {
		return Stream.of("package ", "import ", "//", "/*", "*", "#").noneMatch(line.strip()::startsWith)
				&& !line.isBlank();
	}

}
