package io.github.wsspring.context;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides which of many like log lines are written, so that peers cannot flood the log.
 * Safe from any thread.
 */
final class LogLimiter {

	private final int limit;

	private final long window;

	private final LongSupplier nanoTime;

	private final Map<Enum<?>, Window> windows = new ConcurrentHashMap<>();

	/**
	 * Sets the limit.
	 * @param limit how many lines of a kind are written within a window
	 * @param window how long a window is; it begins with a line
	 * @param nanoTime a clock such as {@link System#nanoTime()}
	 */
	LogLimiter(int limit, Duration window, LongSupplier nanoTime) {
		this.limit = limit;
		this.window = window.toNanos();
		this.nanoTime = nanoTime;
	}

	/**
	 * Asks for one line.
	 * @param kind what the line is about
	 * @return whether to write it
	 */
	Permit ask(Enum<?> kind) {
		return this.windows.computeIfAbsent(kind, (key) -> new Window()).ask(this.nanoTime.getAsLong());
	}

	/**
	 * Whether to write a line.
	 *
	 * @param granted whether to write it
	 * @param last whether it is the last one of its window
	 * @param omitted how many lines of the window before were not written
	 */
	record Permit(boolean granted, boolean last, long omitted) {

		private static final Permit NO = new Permit(false, false, 0);

	}

	private final class Window {

		private long begin;

		private long count;

		synchronized Permit ask(long now) {
			long omitted = 0;
			if (this.count == 0 || now - this.begin >= LogLimiter.this.window) {
				omitted = Math.max(0, this.count - LogLimiter.this.limit);
				this.begin = now;
				this.count = 0;
			}
			this.count++;
			return (this.count <= LogLimiter.this.limit)
					? new Permit(true, this.count == LogLimiter.this.limit, omitted) : Permit.NO;
		}

	}

}
