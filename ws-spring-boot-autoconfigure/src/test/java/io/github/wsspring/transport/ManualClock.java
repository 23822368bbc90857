package io.github.wsspring.transport;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A clock that a test moves.
 */
public final class ManualClock implements LongSupplier {

	private long now = 1_000_000_000L;

	@Override
	public long getAsLong() {
		return this.now;
	}

	public void advance(Duration time) {
		this.now += time.toNanos();
	}

}
