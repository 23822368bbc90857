package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.wsspring.benchmarks.endtoend.EndToEnd.Plan;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.Main;

/**
 * The commands of {@code java -jar benchmarks.jar}.
 */
final class Commands {

	private static final String WRITE = "--write";

	private static final String HELP = """
			end-to-end [--quick] [--write docs]     our server beside Netty, Undertow and Tomcat, in five minutes (or one)
			tls [--quick] [--write docs]            the same with TLS, beside Netty, in a minute
			idle [--write docs]                     what an idle session consists of
			idle-real [--sessions n] [--write docs] 9,500 silent connections with heartbeat, or n, in 90 seconds
			simulate [--sessions n] [--write docs]  a million sessions without sockets, or n, in three minutes
			start-up [--write docs]                 what the starter adds to an application's start
			jmh --write docs                        all JMH benchmarks, for a short time each
			jmh [options of JMH]                    JMH benchmarks; -h explains the options
			page [--quick] [--write docs]           all of these but simulate, one after the other

			--write changes parts of the page performance.md in that directory.
			""";

	private Commands() {
	}

	/**
	 * Runs one.
	 * @param arguments the command and its own arguments
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> rest = new ArrayList<>(Arrays.asList(arguments));
		String command = rest.isEmpty() ? "" : rest.remove(0);
		switch (command) {
			case "end-to-end" -> endToEnd(rest);
			case "idle" -> publishIdleSessions(rest);
			case "tls" -> publishTls(rest);
			case "idle-real" -> publishRealSessions(rest);
			case "simulate" -> publishSimulatedSessions(rest);
			case "start-up" -> publishStartUp(rest);
			case "jmh" -> jmh(rest);
			case "page" -> page(rest);
			default -> System.out.print(HELP);
		}
	}

	private static void page(List<String> arguments) throws Exception {
		List<String> all = new ArrayList<>(arguments);
		if (!all.contains(WRITE)) {
			all.addAll(List.of(WRITE, "docs"));
		}
		endToEnd(all);
		publishTls(all);
		jmh(all);
		publishIdleSessions(all);
		publishRealSessions(all);
		publishStartUp(all);
	}

	private static void jmh(List<String> arguments) throws Exception {
		if (arguments.contains(WRITE)) {
			publish(arguments, "jmh", Machine.describe() + ". " + JmhTable.measure());
		}
		else {
			Main.main(arguments.toArray(String[]::new));
		}
	}

	private static void publishIdleSessions(List<String> arguments) throws IOException {
		publish(arguments, "idle", IdleSessions.measure(5000));
	}

	private static void publishSimulatedSessions(List<String> arguments) throws IOException {
		int sessions = number(arguments, "--sessions", 1_000_000);
		List<Integer> numbers = Stream.of(sessions / 100, sessions / 10, sessions).filter((n) -> n > 1).toList();
		publish(arguments, "simulate", Machine.describe() + ". " + SimulatedSessions.measure(numbers, 2));
	}

	private static void publishTls(List<String> arguments) throws IOException {
		Plan plan = arguments.contains("--quick") ? Plan.QUICK
				: new Plan(3, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(60));
		publish(arguments, "tls", Machine.describe() + ". " + TlsEcho.measure(plan));
	}

	private static void publishRealSessions(List<String> arguments) throws IOException, InterruptedException {
		int sessions = number(arguments, "--sessions", 9500);
		publish(arguments, "idle-real", Machine.describe() + ". "
				+ RealSessions.measure(sessions, Duration.ofSeconds(10), Duration.ofSeconds(60)));
	}

	private static int number(List<String> arguments, String option, int otherwise) {
		int at = arguments.indexOf(option);
		return (at >= 0) ? Integer.parseInt(arguments.get(at + 1)) : otherwise;
	}

	private static void publishStartUp(List<String> arguments) throws IOException {
		publish(arguments, "start-up", Machine.describe() + ". " + StartUp.measure(15));
	}

	private static void endToEnd(List<String> arguments) throws IOException {
		Plan plan = arguments.contains("--quick") ? Plan.QUICK : Plan.DEFAULT;
		Results results = EndToEnd.measure(plan);
		StringBuilder text = new StringBuilder(Machine.describe()).append(". ");
		for (Competitor competitor : Competitor.values()) {
			text.append(competitor.title()).append(' ').append(competitor.version()).append("; ");
		}
		text.append("medians of ")
			.append(plan.rounds())
			.append(" rounds of ")
			.append(plan.window().toMillis())
			.append(" ms; servers with ")
			.append(String.join(" ", plan.options()))
			.append(".\n\n")
			.append(new Tables(results).write());
		publish(arguments, "end-to-end", text.toString());
		Path directory = directory(arguments);
		if (directory != null) {
			Files.writeString(directory.resolve("performance.svg"), new BarPlot(results).draw());
		}
	}

	private static void publish(List<String> arguments, String part, String text) throws IOException {
		System.out.println(text);
		Path directory = directory(arguments);
		if (directory != null) {
			new Page(directory.resolve("performance.md")).replace(part, text);
		}
	}

	private static @Nullable Path directory(List<String> arguments) {
		int write = arguments.indexOf(WRITE);
		return (write >= 0) ? Path.of(arguments.get(write + 1)) : null;
	}

}
