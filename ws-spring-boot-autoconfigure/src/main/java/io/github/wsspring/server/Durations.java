package io.github.wsspring.server;

import java.time.Duration;

/** What {@link Duration} of Java 17 lacks. */
final class Durations {

	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

	private Durations() {
	}

	/**
	 * A time that can be added to {@link System#nanoTime()}.
	 * @param duration any time
	 * @return nanoseconds, at most 146 years
	 */
	static long nanos(Duration duration) {
		return (duration.compareTo(LONGEST) < 0) ? duration.toNanos() : LONGEST.toNanos();
	}

	static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

}
