package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What very many idle sessions cost: as many as no machine has ports for, each on a link
 * in memory instead of a socket, in a process of their own for each number.
 */
final class SimulatedSessions {

	/** What the engine looks at its members' times by. */
	private static final double SWEEPS_A_SECOND = 4;

	private static final int LINKS = 100_000;

	private static final int AT_ONCE = 10_000;

	private SimulatedSessions() {
	}

	/**
	 * Measures.
	 * @param numbers how many sessions there are in each row
	 * @param rounds how often sweeps are measured
	 * @return a table in Markdown
	 * @throws IOException if a process cannot be started
	 */
	static String measure(List<Integer> numbers, int rounds) throws IOException {
		StringBuilder text = new StringBuilder("JVM with `-XX:+UseParallelGC`, one event loop.\n\n"
				+ "| sessions | live heap, bytes per session | of which the link in memory | idle sweep, ms of CPU | ns per session "
				+ "| sweeps, share of a core | sweep that pings all, ms of CPU | ns per session "
				+ "| broadcast of 64 B, ms of CPU | ns per receiver |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
		for (int number : numbers) {
			text.append(row(number, rounds));
		}
		return text.toString();
	}

	private static String row(int number, int rounds) throws IOException {
		int interval = 2000 + number / 100;
		int megabytes = 512 + number / 200;
		try (JavaProcess server = JavaProcess.start(SimulatedServer.class, false,
				List.of("-XX:+UseParallelGC", "-Xmx" + megabytes + "m"), Integer.toString(number),
				Integer.toString(interval))) {
			server.await();
			// the first links bring their classes
			server.ask("links 1000");
			double link = (double) server.ask("links " + LINKS) / LINKS;
			server.ask("open 1");
			long before = server.ask("heap");
			for (long open = 1; open < number;) {
				open = server.ask("open " + Math.min(AT_ONCE, number - open));
			}
			server.ask("hear");
			double heap = (double) (server.ask("heap") - before) / (number - 1);
			long[] idle = new long[rounds];
			long[] due = new long[rounds];
			for (int i = 0; i < rounds; i++) {
				server.ask("hear");
				idle[i] = server.ask("idle");
				due[i] = server.ask("due");
			}
			long broadcast = median(9, () -> server.ask("broadcast"));
			double sweep = median(idle) / SWEEPS_A_SECOND;
			return String.format(Locale.ROOT, "| %,d | %,.0f | %,.0f | %s | %s | %.2f %% | %s | %s | %s | %s |%n",
					number, heap, link, Tables.number(sweep / 1e6), Tables.number(sweep / number), median(idle) / 1e7,
					Tables.number(median(due) / 1e6), Tables.number((double) median(due) / number),
					Tables.number(broadcast / 1e6), Tables.number((double) broadcast / number));
		}
	}

	private static long median(int rounds, LongSupplier measurement) {
		long[] results = new long[rounds];
		Arrays.setAll(results, (i) -> measurement.getAsLong());
		return median(results);
	}

	private static long median(long[] results) {
		long[] sorted = results.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

}
