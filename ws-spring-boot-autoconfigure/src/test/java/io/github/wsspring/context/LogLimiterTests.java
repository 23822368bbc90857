package io.github.wsspring.context;

import java.time.Duration;

import io.github.wsspring.context.LogLimiter.Permit;
import io.github.wsspring.server.ServerListener.CloseCause;
import io.github.wsspring.server.ServerListener.RefusalCause;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogLimiter}.
 */
class LogLimiterTests {

	private static final Permit GRANTED = new Permit(true, false, 0);

	private static final Permit LAST = new Permit(true, true, 0);

	// Close to the overflow, which System.nanoTime() may be.
	private long now = Long.MAX_VALUE - 5;

	private final LogLimiter limiter = new LogLimiter(2, Duration.ofNanos(10), () -> this.now);

	@Test
	void linesWithinTheLimitAreWritten() {
		assertThat(ask()).isEqualTo(GRANTED);
		assertThat(ask()).isEqualTo(LAST);
	}

	@Test
	void linesBeyondTheLimitAreNotWritten() {
		ask();
		ask();
		assertThat(ask().granted()).isFalse();
		this.now += 9;
		assertThat(ask().granted()).isFalse();
	}

	@Test
	void nextWindowSaysHowManyLinesWereOmittedOnce() {
		ask();
		ask();
		ask();
		ask();
		this.now += 10;
		assertThat(ask()).isEqualTo(new Permit(true, false, 2));
		assertThat(ask()).isEqualTo(LAST);
	}

	@Test
	void whenNothingWasOmittedThenNextWindowSaysNothing() {
		ask();
		this.now += 10;
		assertThat(ask()).isEqualTo(GRANTED);
		assertThat(ask()).isEqualTo(LAST);
	}

	@Test
	void kindsAreCountedApart() {
		ask();
		ask();
		ask();
		assertThat(this.limiter.ask(RefusalCause.MALFORMED)).isEqualTo(GRANTED);
		assertThat(this.limiter.ask(CloseCause.IDLE)).isEqualTo(GRANTED);
	}

	private Permit ask() {
		return this.limiter.ask(RefusalCause.ORIGIN);
	}

}
