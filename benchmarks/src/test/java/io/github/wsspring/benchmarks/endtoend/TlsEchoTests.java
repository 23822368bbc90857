package io.github.wsspring.benchmarks.endtoend;

import java.time.Duration;

import io.github.wsspring.benchmarks.endtoend.EndToEnd.Plan;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for the benchmark of TLS.
 */
class TlsEchoTests {

	@Test
	void everyServerEchoesInsideOfTls() throws Exception {
		Duration moment = Duration.ofMillis(5);
		assertThat(TlsEcho.measure(new Plan(1, moment, moment, Duration.ofMinutes(5))))
			.contains("\n| 1 | ", "\n| 16 | ")
			.doesNotContain("NaN", "Infinity");
	}

}
