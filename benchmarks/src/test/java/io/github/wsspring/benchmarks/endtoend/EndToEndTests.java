package io.github.wsspring.benchmarks.endtoend;

import java.io.StringReader;
import java.time.Duration;

import javax.xml.parsers.DocumentBuilderFactory;

import io.github.wsspring.benchmarks.endtoend.EndToEnd.Plan;
import io.github.wsspring.benchmarks.endtoend.LoadClient.Measurement;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for the end-to-end benchmark.
 */
class EndToEndTests {

	@Test
	void everyServerDoesEverythingRight() throws Exception {
		Duration moment = Duration.ofMillis(5);
		Results results = EndToEnd.measure(new Plan(1, moment, moment, Duration.ofMinutes(5)));
		assertThat(results.failures()).isEmpty();
		assertThat(results.scenarios()).containsExactly(Scenario.values());
		for (Scenario scenario : Scenario.values()) {
			assertThat(Competitor.values())
				.allMatch((competitor) -> results.rounds(scenario, competitor, Measurement::cpu) != null);
		}
	}

	@Test
	void tablesAndPlotTellMediansRatiosAndFailures() throws Exception {
		Results results = new Results();
		for (double cpu : new double[] { 3, 1, 2 }) {
			results.add(Scenario.SMALL, Competitor.STARTER_TASK, new Measurement(cpu, 1000, 5, 50));
			results.add(Scenario.SMALL, Competitor.NETTY, new Measurement(100 * cpu, 10, 5, 50));
		}
		results.fail(Scenario.SMALL, Competitor.TOMCAT, new IllegalStateException("It was silent"));
		assertThat(new Tables(results).write()).contains("| - | **2.00** ×1.00 ±50 % | 200 ×100.00 ±50 % | - | - |")
			.contains("- Tomcat, 32 B text, one at a time: It was silent");
		String svg = new BarPlot(results).draw();
		DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
		assertThat(svg).contains("×1.0  2.00 µs", "… ×100.0  200 µs", "failed");
	}

}
