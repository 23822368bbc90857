package io.github.wsspring.benchmarks.endtoend;

import java.util.List;
import java.util.Locale;

import io.github.wsspring.benchmarks.endtoend.LoadClient.Measurement;
import io.github.wsspring.benchmarks.endtoend.Results.Rounds;

/**
 * Draws the CPU time of {@link Results} as bars, for each scenario relative to the server
 * that took least. Can be read on light and on dark ground.
 */
final class BarPlot {

	private static final int LEFT = 210;

	private static final int UNIT = 48;

	private static final int BAR = 13;

	/** Longer bars are cut. */
	private static final double MAX_RATIO = 10;

	private static final List<String> COLORS = List.of("#2f81f7", "#79b8ff", "#d29922", "#a371f7", "#8b949e");

	private final Results results;

	private final StringBuilder svg = new StringBuilder();

	BarPlot(Results results) {
		this.results = results;
	}

	/**
	 * Draws.
	 * @return an SVG document
	 */
	String draw() {
		int competitors = this.results.competitors().size();
		int group = competitors * BAR + 14;
		int height = 56 + this.results.scenarios().size() * group;
		int width = LEFT + (int) (MAX_RATIO * UNIT) + 110;
		this.svg.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
						+ "aria-label=\"Server CPU per message\">%n",
				width, height, width, height))
			.append("""
					<style>
					text { font: 12px system-ui, sans-serif; fill: #57606a }
					line { stroke: #8b949e; stroke-opacity: .4 }
					@media (prefers-color-scheme: dark) { text { fill: #9ea7b3 } }
					</style>
					""");
		text(8, 18, "start", "Server CPU per message, relative to the least of each scenario (shorter is better)");
		legend();
		int top = 46;
		for (int ratio = 1; ratio <= MAX_RATIO; ratio += 3) {
			int x = LEFT + ratio * UNIT;
			this.svg.append(String.format(Locale.ROOT, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", x, top, x,
					height - 10));
		}
		for (Scenario scenario : this.results.scenarios()) {
			text(LEFT - 8, top + group / 2, "end", scenario.title().replace("text of mixed scripts", "mixed"));
			for (int i = 0; i < competitors; i++) {
				bar(scenario, i, top + 7 + i * BAR);
			}
			top += group;
		}
		return this.svg.append("</svg>\n").toString();
	}

	private void legend() {
		int x = 8;
		for (int i = 0; i < this.results.competitors().size(); i++) {
			String title = this.results.competitors().get(i).title();
			rectangle(x, 28, 10, i);
			text(x + 14, 37, "start", title);
			x += 30 + title.length() * 7;
		}
	}

	private void bar(Scenario scenario, int index, int y) {
		Rounds rounds = this.results.rounds(scenario, this.results.competitors().get(index), Measurement::cpu);
		if (rounds == null) {
			text(LEFT + 4, y + 10, "start", "failed");
			return;
		}
		double ratio = rounds.median() / this.results.bestCpu(scenario);
		int length = (int) (Math.min(ratio, MAX_RATIO) * UNIT);
		rectangle(LEFT, y, length, index);
		text(LEFT + length + 4, y + 10, "start", ((ratio > MAX_RATIO) ? "… " : "")
				+ String.format(Locale.ROOT, "×%.1f  %s µs", ratio, Tables.number(rounds.median())));
	}

	private void rectangle(int x, int y, int width, int color) {
		this.svg.append(String.format(Locale.ROOT,
				"<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n", x, y, width, BAR - 3,
				COLORS.get(color % COLORS.size())));
	}

	private void text(int x, int y, String anchor, String words) {
		this.svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y,
				anchor, words));
	}

}
