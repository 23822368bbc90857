package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What silent connections cost whose clients are another process, and answer pings.
 */
final class RealSessions {

	private RealSessions() {
	}

	/**
	 * Measures.
	 * @param sessions how many; each takes a descriptor of each process
	 * @param interval how long a client may be silent before it is pinged
	 * @param window how long the server's CPU time is measured
	 * @return a table in Markdown
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if the thread is interrupted
	 */
	static String measure(int sessions, Duration interval, Duration window) throws IOException, InterruptedException {
		List<String> options = List.of("-Xmx256m", "-XX:+UseParallelGC", "-XX:ActiveProcessorCount=1");
		try (JavaProcess server = JavaProcess.start(IdleServer.class, false, options, "0",
				"--ws.heartbeat.interval=" + interval.toMillis() + "ms", "--ws.heartbeat.timeout=5s",
				"--spring.main.banner-mode=off", "--logging.level.root=warn");
				JavaProcess clients = JavaProcess.start(PongClients.class, false, List.of("-Xmx256m"),
						Long.toString(server.await()))) {
			clients.await();
			clients.ask("open 1 /task/echo");
			long heapBefore = server.ask(IdleServer.HEAP);
			double rssBefore = rss(server.pid());
			clients.ask("open " + (sessions - 1) + " /task/echo");
			double heap = (double) (server.ask(IdleServer.HEAP) - heapBefore) / (sessions - 1);
			// until each has been pinged
			Thread.sleep(interval.plus(interval.dividedBy(2)).toMillis());
			long pingsBefore = clients.ask("pings");
			long cpuBefore = server.ask(Answers.CPU);
			long begin = System.nanoTime();
			Thread.sleep(window.toMillis());
			double cpu = server.ask(Answers.CPU) - cpuBefore;
			double seconds = (System.nanoTime() - begin) / 1e9;
			double pings = clients.ask("pings") - pingsBefore;
			return String.format(Locale.ROOT, """
					Heartbeat every %s s, %.0f s long; server with %s.

					| connections | cut | RSS before, MB | RSS, MB | live heap, bytes per session | pings answered \
					| CPU, s per minute | share of a core | µs per ping |
					|--:|--:|--:|--:|--:|--:|--:|--:|--:|
					| %,d | %d | %.0f | %.0f | %,.0f | %,.0f | %.2f | %.2f %% | %.1f |
					""", interval.toMillis() / 1e3, seconds, String.join(" ", options), sessions, clients.ask("cut"),
					rssBefore, rss(server.pid()), heap, pings, cpu / 1e9 / seconds * 60, cpu / 1e7 / seconds,
					cpu / 1e3 / Math.max(1, pings));
		}
	}

	/** Megabytes; where the system does not say, none. */
	private static double rss(long pid) throws IOException {
		Path status = Path.of("/proc", Long.toString(pid), "status");
		if (!Files.isReadable(status)) {
			return Double.NaN;
		}
		try (Stream<String> lines = Files.lines(status)) {
			return lines.filter((line) -> line.startsWith("VmRSS:"))
				.mapToDouble((line) -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
				.findFirst()
				.orElse(Double.NaN);
		}
	}

}
