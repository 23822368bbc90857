package io.github.wsspring.protocol;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Randomness that can be had again: {@code -Dws.test.seed=...} repeats a run.
 */
public final class Seed {

	private Seed() {
	}

	/**
	 * Makes a source of random numbers and prints its seed.
	 * @param test the test that asks
	 * @return the source
	 */
	public static Random random(Class<?> test) {
		long seed = Long.getLong("ws.test.seed", ThreadLocalRandom.current().nextLong());
		System.out.println(test.getSimpleName() + ": -Dws.test.seed=" + seed);
		return new Random(seed);
	}

}
