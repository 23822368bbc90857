package io.github.wsspring.benchmarks.endtoend;

import java.util.Locale;
import java.util.stream.Collectors;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all JMH benchmarks for a short time, and writes times and allocations as Markdown.
 */
final class JmhTable {

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	private JmhTable() {
	}

	static String measure() throws RunnerException {
		TimeValue time = TimeValue.milliseconds(400);
		StringBuilder text = new StringBuilder(
				"One fork, two iterations of 400 ms to warm up and three that count.\n\n| benchmark | with | ns | B allocated |\n|---|---|--:|--:|\n");
		new Runner(new OptionsBuilder().addProfiler(GCProfiler.class)
			.forks(1)
			.warmupIterations(2)
			.warmupTime(time)
			.measurementIterations(3)
			.measurementTime(time)
			.shouldFailOnError(true)
			.build()).run().forEach((result) -> append(result, text));
		return text.toString();
	}

	private static void append(RunResult result, StringBuilder text) {
		BenchmarkParams parameters = result.getParams();
		String name = parameters.getBenchmark();
		String type = name.substring(0, name.lastIndexOf('.'));
		Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
		text.append(String.format(Locale.ROOT, "| `%s` | %s | %s | %s |%n",
				name.substring(type.lastIndexOf('.') + 1).replace("Benchmark", ""),
				parameters.getParamsKeys().stream().map(parameters::getParam).collect(Collectors.joining(", ")),
				Tables.number(result.getPrimaryResult().getScore()),
				(allocation != null) ? String.format(Locale.ROOT, "%,.0f", allocation.getScore()) : "-"));
	}

}
