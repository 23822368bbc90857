package io.github.wsspring.server;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names sessions: a prefix that tells servers and their restarts apart, and a number.
 * Names are not secret, and are made when they are asked for. Safe from any thread.
 */
final class SessionIds {

	private static final int RADIX = 36;

	private final String prefix = Integer.toString(ThreadLocalRandom.current().nextInt(RADIX * RADIX * RADIX * RADIX),
			RADIX) + "-";

	private final AtomicLong last = new AtomicLong();

	/**
	 * The number of a new session.
	 */
	long next() {
		return this.last.incrementAndGet();
	}

	/**
	 * The name of the session with a number.
	 */
	String name(long number) {
		return this.prefix + Long.toString(number, RADIX);
	}

	/**
	 * The number of the session with a name.
	 * @return the number, 0 if the name is none of ours
	 */
	long number(String name) {
		if (!name.startsWith(this.prefix)) {
			return 0;
		}
		try {
			long number = Long.parseLong(name, this.prefix.length(), name.length(), RADIX);
			// there are other ways to write a number
			return name.equals(name(number)) ? number : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

}
