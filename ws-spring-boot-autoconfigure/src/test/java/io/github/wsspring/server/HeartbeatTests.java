package io.github.wsspring.server;

import java.time.Duration;

import io.github.wsspring.server.Heartbeat.Action;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link Heartbeat}.
 */
class HeartbeatTests {

	@ParameterizedTest(name = "at {0} s, read at {1} s, pinged at {2} s: {3}")
	@CsvSource({ "29, 0, , NONE", "30, 0, , PING", "31, 0, 30, NONE", "39, 0, 30, NONE", "40, 0, 30, EXPIRED",
			"40, 31, 30, NONE", "60, 31, 30, NONE", "61, 31, 30, PING", "90, 31, 80, EXPIRED" })
	void decidesByTheTimesAlone(long now, long lastRead, Long lastPing, Action action) {
		HeartbeatOptions options = new HeartbeatOptions(Duration.ofSeconds(30), Duration.ofSeconds(10));
		long ping = (lastPing != null) ? nanos(lastPing) : Heartbeat.NO_PING;
		assertThat(Heartbeat.decide(options, nanos(now), nanos(lastRead), ping)).isEqualTo(action);
	}

	@ParameterizedTest(name = "at {0} s, read at {1} s, pinged at {2} s: {3} s")
	@CsvSource({ "10, 0, , 20", "30, 0, , 0", "31, 0, , -1", "32, 0, 30, 8", "40, 0, 30, 0", "60, 31, 30, 1" })
	void saysForHowLongThereIsNothingToDo(long now, long lastRead, Long lastPing, long rest) {
		HeartbeatOptions options = new HeartbeatOptions(Duration.ofSeconds(30), Duration.ofSeconds(10));
		long ping = (lastPing != null) ? nanos(lastPing) : Heartbeat.NO_PING;
		assertThat(Heartbeat.rest(options, nanos(now), nanos(lastRead), ping)).isEqualTo(nanos(rest));
	}

	@ParameterizedTest(name = "at {0} s: {1} s")
	@CsvSource({ "5, 5", "50, 5", "101, 4", "105, 0" })
	void answerThatMayTakeLongCanBringTheNextPingSooner(long now, long rest) {
		HeartbeatOptions options = new HeartbeatOptions(Duration.ofSeconds(5), Duration.ofSeconds(100));
		assertThat(Heartbeat.rest(options, nanos(now), nanos(0), nanos(5))).isEqualTo(nanos(rest));
	}

	private static long nanos(long seconds) {
		return Duration.ofSeconds(seconds).toNanos();
	}

}
