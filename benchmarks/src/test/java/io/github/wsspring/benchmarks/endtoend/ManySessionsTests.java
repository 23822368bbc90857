package io.github.wsspring.benchmarks.endtoend;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for the benchmarks of many sessions.
 */
class ManySessionsTests {

	@Test
	void sessionsWithoutSocketsAreHeardPingedAndReached() throws Exception {
		assertThat(SimulatedSessions.measure(List.of(100), 1)).contains("\n| 100 | ");
	}

	@Test
	void nobodyWhoAnswersPingsIsCut() throws Exception {
		assertThat(RealSessions.measure(20, Duration.ofMillis(300), Duration.ofMillis(700)))
			.containsPattern("\n\\| 20 \\| 0 \\| .* [1-9]\\d* \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|\n");
	}

}
