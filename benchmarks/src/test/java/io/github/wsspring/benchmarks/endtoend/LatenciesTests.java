package io.github.wsspring.benchmarks.endtoend;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * Requirements for {@link Latencies}.
 */
class LatenciesTests {

	@Test
	void quantilesAreRightToThreePercent() {
		Latencies latencies = new Latencies();
		for (int i = 1; i <= 100_000; i++) {
			latencies.add(i * 1000L);
		}
		assertThat(latencies.total()).isEqualTo(100_000);
		assertThat(latencies.quantile(0.5)).isCloseTo(50_000_000, withinPercentage(3.2));
		assertThat(latencies.quantile(0.99)).isCloseTo(99_000_000, withinPercentage(3.2));
		assertThat(latencies.quantile(1)).isCloseTo(100_000_000, withinPercentage(3.2));
	}

	@Test
	void theShortestAndTheLongestHaveTheirPlace() {
		Latencies latencies = new Latencies();
		latencies.add(-1);
		assertThat(latencies.quantile(0.5)).isEqualTo(1);
		latencies.add(Long.MAX_VALUE);
		assertThat((double) latencies.quantile(1)).isCloseTo(Long.MAX_VALUE, withinPercentage(3.2));
	}

	@Test
	void withoutDurationsQuantilesAreZero() {
		assertThat(new Latencies().quantile(0.5)).isZero();
	}

}
