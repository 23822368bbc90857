package io.github.wsspring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test that the page about the programming model names is there.
 */
class ProgrammingModelTests {

	private static final Path PAGE = Pages.ROOT.resolve("docs/programming-model.md");

	/** {@code Class}, {@code Class#method}, or {@code #method} of the class before. */
	private static final Pattern REFERENCE = Pattern.compile("`(\\w+Tests)?(?:#(\\w+))?`");

	/** A test in a source. */
	private static final Pattern TEST = Pattern.compile(
			"@(?:Test|ParameterizedTest|TestFactory)\\b.*?\\s(?:void|Stream<DynamicTest>) (\\w+)\\(", Pattern.DOTALL);

	@Test
	void testsOfThePageExist() throws IOException {
		List<Reference> references = references(Files.readAllLines(PAGE));
		assertThat(references).hasSizeGreaterThan(100);
		assertThat(missing(references)).isEmpty();
	}

	@Test
	void whatIsMissingIsNamedWithItsLine() throws IOException {
		List<Reference> references = references(List.of("`@WsEndpointTest`, `ProgrammingModelTests`",
				"`ProgrammingModelTests#testsOfThePageExist`, `#whatIsMissingIsNamedWithItsLine`, `#nothing`",
				"`NoSuchTests`", "`NoSuchTests#whatever`", "`ProgrammingModelTests#missing`"));
		assertThat(missing(references)).containsExactly("2: ProgrammingModelTests#nothing", "3: NoSuchTests",
				"4: NoSuchTests#whatever", "5: ProgrammingModelTests#missing");
	}

	private static List<Reference> references(List<String> lines) {
		List<Reference> references = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			String testClass = "";
			for (Matcher matcher = REFERENCE.matcher(lines.get(i)); matcher.find();) {
				String named = matcher.group(1);
				String method = matcher.group(2);
				testClass = (named != null) ? named : testClass;
				if (named != null || method != null) {
					references.add(new Reference(i + 1, testClass, (method != null) ? method : ""));
				}
			}
		}
		return references;
	}

	private static List<String> missing(List<Reference> references) throws IOException {
		Map<String, Set<String>> tests = tests();
		return references.stream()
			.filter((reference) -> !reference.isAmong(tests.getOrDefault(reference.testClass(), Set.of())))
			.map(Reference::toString)
			.toList();
	}

	/** The tests of all modules, by the simple name of their class. */
	private static Map<String, Set<String>> tests() throws IOException {
		Map<String, Set<String>> tests = new HashMap<>();
		for (Path sources : sources()) {
			try (Stream<Path> files = Files.walk(sources)) {
				for (Path file : files.filter((path) -> path.toString().endsWith("Tests.java")).toList()) {
					String testClass = file.getFileName().toString().replace(".java", "");
					TEST.matcher(Files.readString(file))
						.results()
						.forEach((test) -> tests.computeIfAbsent(testClass, (name) -> new HashSet<>())
							.add(test.group(1)));
				}
			}
		}
		return tests;
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> modules = Files.list(Pages.ROOT)) {
			return modules.map((module) -> module.resolve("src/test/java")).filter(Files::exists).toList();
		}
	}

	/** What the page says is covered by a test. */
	private record Reference(int line, String testClass, String method) {

		boolean isAmong(Set<String> tests) {
			return this.method.isEmpty() ? !tests.isEmpty() : tests.contains(this.method);
		}

		@Override
		public String toString() {
			return this.line + ": " + this.testClass + (this.method.isEmpty() ? "" : "#" + this.method);
		}

	}

}
