package io.github.wsspring.conformance;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.wsspring.conformance.Verdict.Behaviour;
import io.github.wsspring.conformance.Verdict.Closing;

/**
 * Counts verdicts by section for a table.
 */
final class Score {

	private final Map<String, Row> rows = new LinkedHashMap<>();

	synchronized void add(String server, Section section, Verdict verdict, long millis) {
		Row row = this.rows.computeIfAbsent(server + ": " + section, (key) -> new Row());
		row.behaviours.merge(verdict.behaviour(), 1, Integer::sum);
		row.closings.merge(verdict.closing(), 1, Integer::sum);
		row.resets += verdict.reset() ? 1 : 0;
		row.millis += millis;
	}

	@Override
	public synchronized String toString() {
		StringBuilder table = new StringBuilder(String.format("%-48s %5s %5s %10s %5s %6s %13s | %8s %11s %6s %8s%n",
				"section", "cases", "OK", "non-strict", "info", "failed", "unimplemented", "close OK", "close wrong",
				"resets", "seconds"));
		Row total = new Row();
		this.rows.forEach((name, row) -> {
			append(table, name, row);
			row.behaviours.forEach((behaviour, count) -> total.behaviours.merge(behaviour, count, Integer::sum));
			row.closings.forEach((closing, count) -> total.closings.merge(closing, count, Integer::sum));
			total.resets += row.resets;
			total.millis += row.millis;
		});
		append(table, "all", total);
		return table.toString();
	}

	private static void append(StringBuilder table, String name, Row row) {
		int cases = row.behaviours.values().stream().mapToInt(Integer::intValue).sum();
		int closedWell = row.closings.getOrDefault(Closing.OK, 0);
		table.append(String.format("%-48s %5d %5d %10d %5d %6d %13d | %8d %11d %6d %8.1f%n", name, cases,
				row.of(Behaviour.OK), row.of(Behaviour.NON_STRICT), row.of(Behaviour.INFORMATIONAL),
				row.of(Behaviour.FAILED), row.of(Behaviour.UNIMPLEMENTED), closedWell, cases - closedWell, row.resets,
				row.millis / 1000.0));
	}

	/** The counts of one section. */
	private static final class Row {

		private final Map<Behaviour, Integer> behaviours = new EnumMap<>(Behaviour.class);

		private final Map<Closing, Integer> closings = new EnumMap<>(Closing.class);

		private int resets;

		private long millis;

		int of(Behaviour behaviour) {
			return this.behaviours.getOrDefault(behaviour, 0);
		}

	}

}
