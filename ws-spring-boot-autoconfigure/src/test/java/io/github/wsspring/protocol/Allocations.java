package io.github.wsspring.protocol;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * Counts what a piece of code allocates, whether it is kept or not.
 */
public final class Allocations {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Allocations() {
	}

	/**
	 * Runs code and counts.
	 * @param code the code
	 * @return how many bytes the code allocated
	 */
	public static long of(Runnable code) {
		long thread = Thread.currentThread().getId();
		long before = THREADS.getThreadAllocatedBytes(thread);
		code.run();
		return THREADS.getThreadAllocatedBytes(thread) - before;
	}

}
