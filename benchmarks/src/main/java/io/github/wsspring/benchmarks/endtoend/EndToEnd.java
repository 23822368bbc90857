package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.wsspring.benchmarks.endtoend.LoadClient.Measurement;

/**
 * Measures servers beside each other: all are started and warmed up first; then, for each
 * round, for each scenario, one after the other is measured while the others have nothing
 * to do. What does not come back as it was sent is a failure, and not counted.
 */
final class EndToEnd implements AutoCloseable {

	private final Plan plan;

	private final long end;

	private final Results results = new Results();

	private final Map<Competitor, Server> servers = new EnumMap<>(Competitor.class);

	private EndToEnd(Plan plan) {
		this.plan = plan;
		this.end = System.nanoTime() + plan.budget().toNanos();
	}

	/**
	 * Measures.
	 * @param plan how long
	 * @return the results
	 * @throws IOException if a server does not start
	 */
	static Results measure(Plan plan) throws IOException {
		try (EndToEnd run = new EndToEnd(plan)) {
			run.start();
			run.warmUp();
			run.measure();
			return run.results;
		}
	}

	private void start() throws IOException {
		for (Competitor competitor : Competitor.values()) {
			JavaProcess process = competitor.start(this.plan.options());
			this.servers.put(competitor, new Server(process, new LoadClient((int) process.await())));
		}
	}

	private void warmUp() throws IOException {
		for (Scenario scenario : Scenario.values()) {
			for (Competitor competitor : Competitor.values()) {
				say("warming up", scenario, competitor);
				try {
					run(scenario, competitor, this.plan.warmUp());
				}
				catch (IOException ex) {
					this.results.fail(scenario, competitor, ex);
				}
			}
		}
	}

	private void measure() {
		for (int round = 1; round <= this.plan.rounds(); round++) {
			for (Scenario scenario : Scenario.values()) {
				for (Competitor competitor : Competitor.values()) {
					measure(round, scenario, competitor);
				}
			}
		}
	}

	private void measure(int round, Scenario scenario, Competitor competitor) {
		if (System.nanoTime() - this.end > 0) {
			return;
		}
		say("round " + round, scenario, competitor);
		try {
			this.results.add(scenario, competitor, run(scenario, competitor, this.plan.window()));
		}
		catch (IOException | IllegalStateException ex) {
			this.results.fail(scenario, competitor, ex);
		}
	}

	private Measurement run(Scenario scenario, Competitor competitor, Duration window) throws IOException {
		Server server = Objects.requireNonNull(this.servers.get(competitor));
		return server.client()
			.run(scenario.load(server.client(), competitor.path(scenario)), window.dividedBy(4), window,
					() -> server.process().ask(Answers.CPU));
	}

	private static void say(String what, Scenario scenario, Competitor competitor) {
		System.err.println(what + ": " + scenario.title() + ", " + competitor.title());
	}

	@Override
	public void close() throws IOException {
		for (Server server : this.servers.values()) {
			server.client().close();
			server.process().close();
		}
	}

	/**
	 * How long it may take.
	 *
	 * @param rounds how many rounds
	 * @param warmUp how long each server is warmed up with each scenario
	 * @param window how long it is measured
	 * @param budget after which no more is begun
	 */
	record Plan(int rounds, Duration warmUp, Duration window, Duration budget) {

		/** Below five minutes. */
		static final Plan DEFAULT = new Plan(3, Duration.ofMillis(1000), Duration.ofMillis(1200),
				Duration.ofSeconds(285));

		/** Below one minute. */
		static final Plan QUICK = new Plan(2, Duration.ofMillis(250), Duration.ofMillis(300), Duration.ofSeconds(55));

		/**
		 * As many CPUs as are left when the client has its own; the same heap for all.
		 */
		List<String> options() {
			return List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC", "-XX:ActiveProcessorCount=" + serverCpus());
		}

		static int serverCpus() {
			return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		}

	}

	private record Server(JavaProcess process, LoadClient client) {

	}

}
