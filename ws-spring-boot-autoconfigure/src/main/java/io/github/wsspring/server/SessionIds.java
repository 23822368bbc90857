package io.github.wsspring.server;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names sessions: a prefix that tells servers and their restarts apart, and a number.
 * Names are not secret. Safe from any thread.
 */
final class SessionIds {

	private static final int RADIX = 36;

	private final String prefix = Integer.toString(ThreadLocalRandom.current().nextInt(RADIX * RADIX * RADIX * RADIX),
			RADIX) + "-";

	private final AtomicLong last = new AtomicLong();

	String next() {
		return this.prefix + Long.toString(this.last.incrementAndGet(), RADIX);
	}

}
