package io.github.wsspring.benchmarks.endtoend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.wsspring.benchmarks.endtoend.LoadClient.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * What the rounds brought.
 */
final class Results {

	private final Map<Scenario, Map<Competitor, List<Measurement>>> measurements = new EnumMap<>(Scenario.class);

	private final List<String> failures = new ArrayList<>();

	void add(Scenario scenario, Competitor competitor, Measurement measurement) {
		this.measurements.computeIfAbsent(scenario, (key) -> new EnumMap<>(Competitor.class))
			.computeIfAbsent(competitor, (key) -> new ArrayList<>())
			.add(measurement);
	}

	void fail(Scenario scenario, Competitor competitor, Exception failure) {
		this.failures.add(competitor.title() + ", " + scenario.title() + ": " + failure.getMessage());
	}

	List<String> failures() {
		return this.failures;
	}

	List<Competitor> competitors() {
		return List.of(Competitor.values());
	}

	Collection<Scenario> scenarios() {
		return this.measurements.keySet();
	}

	/**
	 * What the rounds had to say about one number.
	 * @param scenario what was done
	 * @param competitor by whom
	 * @param number the number
	 * @return its distribution, {@code null} if there was no round without a failure
	 */
	@Nullable Rounds rounds(Scenario scenario, Competitor competitor, ToDoubleFunction<Measurement> number) {
		List<Measurement> rounds = this.measurements.getOrDefault(scenario, Map.of()).get(competitor);
		if (rounds == null) {
			return null;
		}
		double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Rounds(median, (sorted[sorted.length - 1] - sorted[0]) / median);
	}

	/**
	 * The least CPU time that anybody took.
	 * @param scenario what was done
	 * @return microseconds
	 */
	double bestCpu(Scenario scenario) {
		double best = Double.MAX_VALUE;
		for (Competitor competitor : competitors()) {
			Rounds rounds = rounds(scenario, competitor, Measurement::cpu);
			if (rounds != null) {
				best = Math.min(best, rounds.median());
			}
		}
		return best;
	}

	/**
	 * One number in several rounds.
	 *
	 * @param median the median
	 * @param spread the difference between the largest and the smallest, as a share of
	 * the median
	 */
	record Rounds(double median, double spread) {

	}

}
