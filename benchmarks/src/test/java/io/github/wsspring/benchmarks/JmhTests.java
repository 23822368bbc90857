package io.github.wsspring.benchmarks;

import java.util.Collection;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for the JMH benchmarks.
 */
class JmhTests {

	private static final String IGNORE_LOCK = "jmh.ignoreLock";

	@BeforeAll
	static void runBesideOthers() {
		System.setProperty(IGNORE_LOCK, "true");
	}

	@AfterAll
	static void reset() {
		System.clearProperty(IGNORE_LOCK);
	}

	@Test
	void everyBenchmarkWorksWithAllItsParametersOnce() throws Exception {
		Collection<RunResult> results = new Runner(new OptionsBuilder().mode(Mode.SingleShotTime)
			.forks(0)
			.warmupIterations(0)
			.measurementIterations(1)
			.timeout(TimeValue.seconds(20))
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build()).run();
		assertThat(results).hasSizeGreaterThan(60);
	}

}
