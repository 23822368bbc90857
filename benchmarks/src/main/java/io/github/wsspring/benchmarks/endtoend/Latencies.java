package io.github.wsspring.benchmarks.endtoend;

/**
 * Counts durations in steps of about three percent.
 */
final class Latencies {

	/** Steps for each power of two, as a power of two. */
	private static final int BITS = 5;

	private final long[] counts = new long[64 << BITS];

	private long total;

	void add(long nanos) {
		this.counts[index(Math.max(1, nanos))]++;
		this.total++;
	}

	private static int index(long nanos) {
		int exponent = 63 - Long.numberOfLeadingZeros(nanos);
		long fraction = (exponent >= BITS) ? nanos >>> (exponent - BITS) : nanos << (BITS - exponent);
		return (exponent << BITS) + (int) (fraction & ((1 << BITS) - 1));
	}

	private static long lowest(int index) {
		int exponent = index >> BITS;
		long fraction = (1L << BITS) | (index & ((1 << BITS) - 1));
		return (exponent >= BITS) ? fraction << (exponent - BITS) : fraction >> (BITS - exponent);
	}

	long total() {
		return this.total;
	}

	/**
	 * The duration that a share of all does not exceed.
	 * @param share 0 to 1
	 * @return nanoseconds, 0 if there are none
	 */
	long quantile(double share) {
		long rank = (long) Math.ceil(share * this.total);
		for (int i = 0; i < this.counts.length; i++) {
			rank -= this.counts[i];
			if (rank <= 0 && this.total > 0) {
				return lowest(i);
			}
		}
		return 0;
	}

}
