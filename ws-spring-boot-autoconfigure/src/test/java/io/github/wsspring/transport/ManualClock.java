package io.github.wsspring.transport;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A clock that a test moves.
 */
public final class ManualClock implements LongSupplier {

	private long now;

	public ManualClock() {
		this(1_000_000_000L);
	}

	public ManualClock(long now) {
		this.now = now;
	}

	@Override
	public long getAsLong() {
		return this.now;
	}

	public void advance(Duration time) {
		this.now += time.toNanos();
	}

}
