package io.github.wsspring.server;

import java.time.Duration;

/** What {@link Duration} of Java 17 lacks. */
final class Durations {

	private Durations() {
	}

	static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

}
