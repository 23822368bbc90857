package io.github.wsspring.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.wsspring.conformance.Verdict.Behaviour;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Every case of the catalogue against every variant of the server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTests {

	/** Whether a server that does not answer permessage-deflate fails. */
	private static final boolean COMPRESSION_EXPECTED = true;

	private final Settings settings = Settings.fromSystemProperties();

	private final Score score = new Score();

	private final List<Run> runs = new ArrayList<>();

	@TestFactory
	Stream<DynamicNode> cases() {
		// each stream is lazy: a server starts, and a section begins, when its turn comes
		return ServerUnderTest.variants()
			.entrySet()
			.stream()
			.map((variant) -> dynamicContainer(variant.getKey(),
					Stream.of(variant).flatMap((it) -> sections(it.getKey(), it.getValue()))));
	}

	@AfterAll
	void printTable() {
		this.runs.forEach(Run::close);
		System.out.println("Conformance, " + this.settings + System.lineSeparator() + this.score);
	}

	private Stream<DynamicNode> sections(String name, EchoServer.Starter starter) {
		Run run = new Run(name, started(starter), this.settings, this.score);
		this.runs.add(run);
		return Catalogue.sections(this.settings)
			.stream()
			.filter((section) -> ServerUnderTest.plays(name, section))
			.map((section) -> dynamicContainer(section.toString(),
					Stream.of(section).flatMap((it) -> tests(run.begin(it)))));
	}

	private static EchoServer started(EchoServer.Starter starter) {
		try {
			return starter.start();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The server does not start", ex);
		}
	}

	private Stream<DynamicNode> tests(Map<Case, Future<Verdict>> verdicts) {
		return verdicts.entrySet()
			.stream()
			.map((entry) -> dynamicTest(entry.getKey().number() + " " + entry.getKey().title(),
					() -> check(entry.getKey(), entry.getValue())));
	}

	private void check(Case played, Future<Verdict> result) throws InterruptedException, ExecutionException {
		Verdict verdict = result.get();
		if (verdict.behaviour() == Behaviour.INFORMATIONAL) {
			return;
		}
		if (verdict.behaviour() == Behaviour.UNIMPLEMENTED && !COMPRESSION_EXPECTED) {
			throw new TestAbortedException("permessage-deflate was not answered");
		}
		assertThat(verdict).as("%s %s, %s", played.number(), played.title(), this.settings)
			.matches(Verdict::isStrictlyRight, "strictly right");
	}

}
