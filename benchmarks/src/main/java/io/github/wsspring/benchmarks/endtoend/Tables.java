package io.github.wsspring.benchmarks.endtoend;

import java.util.Locale;
import java.util.function.BiFunction;

import io.github.wsspring.benchmarks.endtoend.LoadClient.Measurement;
import io.github.wsspring.benchmarks.endtoend.Results.Rounds;

/**
 * Writes {@link Results} as Markdown.
 */
final class Tables {

	private final Results results;

	Tables(Results results) {
		this.results = results;
	}

	/**
	 * All tables.
	 * @return Markdown
	 */
	String write() {
		StringBuilder text = new StringBuilder();
		text.append("Server CPU in µs per message, ratio to the least of the row, spread of the rounds:\n\n")
			.append(table(this::cpu))
			.append("\nMessages per second, with one thread for all clients:\n\n")
			.append(table(this::rate))
			.append("\nLatency in µs, half of all and 99 of 100, under that load (mostly queueing):\n\n")
			.append(table(this::latency));
		if (!this.results.failures().isEmpty()) {
			text.append("\nFailed, and not counted:\n\n");
			this.results.failures().forEach((failure) -> text.append("- ").append(failure).append('\n'));
		}
		return text.toString();
	}

	private String table(BiFunction<Scenario, Competitor, String> cell) {
		StringBuilder text = new StringBuilder("| scenario |");
		for (Competitor competitor : this.results.competitors()) {
			text.append(' ').append(competitor.title()).append(" |");
		}
		text.append("\n|---|").append("--:|".repeat(this.results.competitors().size())).append('\n');
		for (Scenario scenario : this.results.scenarios()) {
			text.append("| ").append(scenario.title()).append(" |");
			for (Competitor competitor : this.results.competitors()) {
				text.append(' ').append(cell.apply(scenario, competitor)).append(" |");
			}
			text.append('\n');
		}
		return text.toString();
	}

	private String cpu(Scenario scenario, Competitor competitor) {
		Rounds rounds = this.results.rounds(scenario, competitor, Measurement::cpu);
		if (rounds == null) {
			return "-";
		}
		double ratio = rounds.median() / this.results.bestCpu(scenario);
		return String.format(Locale.ROOT, (ratio == 1) ? "**%s** ×%.2f ±%.0f %%" : "%s ×%.2f ±%.0f %%",
				number(rounds.median()), ratio, rounds.spread() * 50);
	}

	private String rate(Scenario scenario, Competitor competitor) {
		Rounds rounds = this.results.rounds(scenario, competitor, Measurement::rate);
		return (rounds != null) ? String.format(Locale.ROOT, "%,.0f", rounds.median()) : "-";
	}

	private String latency(Scenario scenario, Competitor competitor) {
		Rounds median = this.results.rounds(scenario, competitor, Measurement::median);
		Rounds p99 = this.results.rounds(scenario, competitor, Measurement::p99);
		return (median != null && p99 != null)
				? String.format(Locale.ROOT, "%,.0f / %,.0f", median.median(), p99.median()) : "-";
	}

	/** Three digits. */
	static String number(double value) {
		return String.format(Locale.ROOT, (value < 10) ? "%.2f" : (value < 100) ? "%.1f" : "%,.0f", value);
	}

}
