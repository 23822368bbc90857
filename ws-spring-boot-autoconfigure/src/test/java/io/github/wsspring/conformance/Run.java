package io.github.wsspring.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The suite against one server: cases of a section are played side by side, sections one
 * after the other.
 */
final class Run implements AutoCloseable {

	private final String name;

	private final EchoServer server;

	private final Settings settings;

	private final Score score;

	private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(daemons("watchdog"));

	Run(String name, EchoServer server, Settings settings, Score score) {
		this.name = name;
		this.server = server;
		this.settings = settings;
		this.score = score;
	}

	/**
	 * Begins to play those cases of a section that are to run.
	 * @param section the section
	 * @return the verdicts to come by their cases, in order
	 */
	Map<Case, Future<Verdict>> begin(Section section) {
		Tester tester = new Tester(this.server, this.settings.patience(), this.watchdog);
		ExecutorService threads = Executors.newFixedThreadPool(section.atOnce(), daemons("section " + section));
		Map<Case, Future<Verdict>> verdicts = new LinkedHashMap<>();
		for (Case played : section.cases()) {
			if (this.settings.includes(played)) {
				verdicts.put(played, threads.submit(() -> {
					long start = System.nanoTime();
					Verdict verdict = tester.play(played);
					this.score.add(this.name, section, verdict, (System.nanoTime() - start) / 1_000_000);
					return verdict;
				}));
			}
		}
		threads.shutdown();
		return verdicts;
	}

	private static ThreadFactory daemons(String name) {
		return (task) -> {
			Thread thread = new Thread(task, "conformance " + name);
			thread.setDaemon(true);
			return thread;
		};
	}

	@Override
	public void close() {
		this.watchdog.shutdownNow();
		this.server.close();
	}

}
