package io.github.wsspring.conformance;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Tests the suite itself: it lets a right server pass and notices each defect.
 */
class SuiteTests {

	/** All sections, of the deflated ones only some sizes. */
	private static final Settings SETTINGS = new Settings(false, 4, 1, Stream
		.concat(Stream.of("1", "2", "3", "4", "5", "6", "7", "9.1", "9.2.6", "9.3.1", "9.5.3", "9.7", "9.8", "10"),
				Stream
					.of("12.1", "12.2", "12.3", "12.4", "12.5", "13.1", "13.2", "13.3", "13.4", "13.5", "13.6", "13.7")
					.flatMap((group) -> Stream.of(1, 6, 12, 18).map((step) -> group + "." + step)))
		.toList());

	private static final List<Section> SECTIONS = Catalogue.sections(SETTINGS);

	@Test
	void catalogueHasAll517Cases() {
		Map<Integer, Integer> sizes = new LinkedHashMap<>();
		SECTIONS.forEach((section) -> sizes.put(section.number(), section.cases().size()));
		assertThat(sizes).containsExactly(Map.entry(1, 16), Map.entry(2, 11), Map.entry(3, 7), Map.entry(4, 10),
				Map.entry(5, 20), Map.entry(6, 145), Map.entry(7, 37), Map.entry(9, 54), Map.entry(10, 1),
				Map.entry(12, 90), Map.entry(13, 126));
		assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(517);
	}

	@Test
	void numbersAreUniqueAndBelongToTheirSection() {
		for (Section section : SECTIONS) {
			assertThat(section.cases()).extracting(Case::number)
				.doesNotHaveDuplicates()
				.allMatch((number) -> number.startsWith(section.number() + "."));
		}
	}

	@ParameterizedTest
	@CsvSource({ "6.5,5", "6.6,11", "6.7,4", "6.8,2", "6.9,4", "6.10,3", "6.11,5", "6.12,8", "6.13,5", "6.14,10",
			"6.15,1", "6.16,3", "6.17,5", "6.18,5", "6.19,5", "6.20,7", "6.21,8", "6.22,34", "6.23,7", "7.1,6", "7.3,6",
			"7.5,1", "7.7,13", "7.9,9", "7.13,2" })
	void groupsHaveAllTheirCases(String group, int size) {
		assertThat(SECTIONS.stream().flatMap((section) -> section.cases().stream()))
			.filteredOn((played) -> played.number().startsWith(group + "."))
			.hasSize(size);
	}

	@ParameterizedTest
	@CsvSource({ "0,16", "7,15" })
	void dataFilesHaveTheSizesOfTheCatalogueWhateverTheSeed(long from, long to) {
		for (long seed = from; seed <= to; seed++) {
			assertThat(DataFile.json(seed).size()).isEqualTo(194_056);
			assertThat(DataFile.json(seed).characters()).isEqualTo(194_056);
			assertThat(DataFile.bitmap(seed).size()).isEqualTo(263_222);
			assertThat(DataFile.prose(seed).size()).isEqualTo(222_218);
			assertThat(DataFile.html(seed).size()).isEqualTo(263_647);
			assertThat(DataFile.html(seed).characters()).isEqualTo(263_620);
			assertThat(DataFile.pdf(seed).size()).isEqualTo(1_042_328);
		}
	}

	@Test
	void windowsGoRoundTheFile() {
		Case.Messages messages = DataFile.html(1).windows(131_072).get();
		assertThat(messages.next()).startsWith('<', '!');
		messages.next();
		// 263,620 characters hold two windows and 1476 of the third
		assertThat(new String(messages.next(), StandardCharsets.UTF_8).substring(1476)).startsWith("<!DOCTYPE html>");
	}

	@Test
	void onlyServerUnderTestKnowsTheEngine() {
		JavaClasses suite = new ClassFileImporter().importPackages("io.github.wsspring.conformance");
		noClasses().that()
			.haveNameNotMatching(".*\\.ServerUnderTest.*")
			.should()
			.dependOnClassesThat(resideInAPackage("io.github.wsspring..")
				.and(resideOutsideOfPackage("io.github.wsspring.conformance")))
			.check(suite);
	}

	@Test
	void rightServerPasses() throws Exception {
		try (Run run = new Run("reference", new ReferenceServer(Defect.NONE), SETTINGS, new Score())) {
			for (Section section : SECTIONS) {
				for (Map.Entry<Case, Future<Verdict>> entry : run.begin(section).entrySet()) {
					Verdict verdict = entry.getValue().get();
					if (verdict.behaviour() != Verdict.Behaviour.INFORMATIONAL) {
						assertThat(verdict).as(entry.getKey().number())
							.matches(Verdict::isStrictlyRight, "strictly right");
					}
				}
			}
		}
	}

	/** What the cases say that notice a defect, and some that must not mind it. */
	private static Map<Defect, String> expectedByDefect() {
		Map<Defect, String> expected = new EnumMap<>(Defect.class);
		expected.put(Defect.WRONG_ACCEPT, "1.1.1 FAILED FAILED");
		expected.put(Defect.UNASKED_EXTENSION, "1.1.1 FAILED FAILED");
		expected.put(Defect.UNASKED_PROTOCOL, "1.1.1 FAILED FAILED");
		expected.put(Defect.OMITS_WINDOW, "12.1.1 OK OK, 13.3.1 FAILED FAILED, 13.7.1 OK OK");
		expected.put(Defect.OMITS_TAKEOVER, "12.1.1 OK OK, 13.2.1 FAILED FAILED, 13.5.1 FAILED FAILED");
		expected.put(Defect.ANY_RESERVED_BITS, "3.1 FAILED FAILED, 3.2 FAILED FAILED");
		expected.put(Defect.ANY_OPCODE, "4.1.1 FAILED FAILED, 4.2.2 OK FAILED");
		expected.put(Defect.ANY_CONTROL_LENGTH, "2.5 FAILED FAILED, 7.3.6 FAILED OK");
		expected.put(Defect.ANY_CONTINUATION, "5.9 FAILED FAILED, 5.12 FAILED FAILED, 5.18 FAILED FAILED");
		expected.put(Defect.ANY_CLOSE_CODE, "7.9.1 FAILED OK, 7.9.4 FAILED OK");
		expected.put(Defect.ANY_TEXT, "6.3.1 FAILED FAILED, 6.8.1 FAILED FAILED, 6.4.1 FAILED FAILED");
		expected.put(Defect.LATE_UTF8, "6.3.1 OK OK, 6.4.1 NON_STRICT OK, 6.4.4 NON_STRICT OK");
		expected.put(Defect.ECHOES_TWICE, "1.1.2 FAILED OK");
		expected.put(Defect.ECHOES_BINARY, "1.1.1 FAILED WRONG_CODE, 1.2.1 OK OK, 9.7.1 FAILED OK");
		expected.put(Defect.ALTERS_LAST_OCTET, "1.1.2 FAILED WRONG_CODE, 9.7.2 OK OK, 12.1.1 FAILED OK");
		expected.put(Defect.ONE_PONG_FOR_ALL, "2.10 FAILED OK, 2.2 OK OK");
		expected.put(Defect.PONGS_LATE, "5.6 FAILED OK, 5.19 FAILED OK");
		expected.put(Defect.ECHOES_AFTER_CLOSE, "7.1.2 FAILED OK");
		expected.put(Defect.MASKS, "1.1.2 FAILED UNCLEAN, 2.2 FAILED UNCLEAN");
		expected.put(Defect.LONG_LENGTHS, "1.1.2 FAILED UNCLEAN, 7.3.3 FAILED UNCLEAN");
		expected.put(Defect.CUTS_TEXT, "6.2.4 FAILED UNCLEAN, 9.7.2 FAILED OK");
		expected.put(Defect.EXCEEDS_WINDOW, "13.3.12 FAILED UNCLEAN, 13.4.12 OK OK");
		expected.put(Defect.TAKES_OVER, "13.1.6 OK OK, 13.2.6 FAILED UNCLEAN");
		expected.put(Defect.FORGETS_LEGAL_MESSAGE, "3.2 NON_STRICT OK, 4.1.4 NON_STRICT OK, 5.15 NON_STRICT OK");
		expected.put(Defect.WRONG_FAILURE_CODE, "3.1 OK WRONG_CODE, 6.8.1 OK WRONG_CODE, 7.3.2 FAILED WRONG_CODE");
		expected.put(Defect.WRONG_CLOSE_CODE, "1.1.2 OK WRONG_CODE, 7.1.1 FAILED WRONG_CODE, 7.7.1 FAILED WRONG_CODE");
		expected.put(Defect.TWO_CLOSES, "3.1 OK WRONG_CODE");
		expected.put(Defect.KEEPS_TCP, "1.1.2 OK UNCLEAN, 3.1 OK FAILED_BY_CLIENT, 7.3.2 OK FAILED_BY_CLIENT");
		expected.put(Defect.NO_CLOSE_FRAME, "3.1 OK OK, 6.8.1 OK OK, 7.3.2 OK OK");
		expected.put(Defect.SILENT_AFTER_CLOSE, "1.1.2 OK UNCLEAN, 7.3.3 OK UNCLEAN");
		expected.put(Defect.HANGS_ON_FAILURE, "3.1 OK FAILED, 6.8.1 FAILED FAILED, 7.3.2 OK FAILED_BY_CLIENT");
		return expected;
	}

	@TestFactory
	List<DynamicTest> defectsAreNoticed() {
		Map<Defect, String> expected = expectedByDefect();
		assertThat(expected.keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(Defect.NONE)));
		// most of them wait most of the time, so all begin at once
		ExecutorService threads = Executors.newFixedThreadPool(expected.size());
		List<DynamicTest> tests = expected.entrySet().stream().map((entry) -> {
			Set<String> verdicts = Set.of(entry.getValue().split(", "));
			Future<Set<String>> result = threads.submit(
					() -> verdicts(entry.getKey(), verdicts.stream().map((verdict) -> verdict.split(" ")[0]).toList()));
			return dynamicTest(entry.getKey() + ": " + entry.getValue(),
					() -> assertThat(result.get()).isEqualTo(verdicts));
		}).toList();
		threads.shutdown();
		return tests;
	}

	private static Set<String> verdicts(Defect defect, List<String> numbers) throws Exception {
		Settings settings = new Settings(false, 2, 1, numbers);
		Map<Case, Future<Verdict>> results = new LinkedHashMap<>();
		Set<String> verdicts = new HashSet<>();
		try (Run run = new Run(defect.name(), new ReferenceServer(defect), settings, new Score())) {
			SECTIONS.forEach((section) -> results.putAll(run.begin(section)));
			for (Map.Entry<Case, Future<Verdict>> entry : results.entrySet()) {
				Verdict verdict = entry.getValue().get();
				verdicts.add(entry.getKey().number() + " " + verdict.behaviour() + " " + verdict.closing());
			}
		}
		return verdicts;
	}

}
