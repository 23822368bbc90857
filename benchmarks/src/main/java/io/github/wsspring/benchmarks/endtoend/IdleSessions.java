package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.wsspring.benchmarks.BenchmarkServer;
import org.openjdk.jol.info.GraphLayout;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What an idle session consists of: opens sessions from another process, and says by how
 * much the objects grow that can be reached from the application's context. What sessions
 * share does not grow, and so does not count; of tables that grow in steps the share of
 * one session counts.
 */
final class IdleSessions {

	/** Sessions that are there before, so that no first one counts. */
	private static final int BEFORE = 500;

	private IdleSessions() {
	}

	/**
	 * Measures.
	 * @param sessions how many
	 * @return a section for each kind of execution, in Markdown
	 * @throws IOException if the clients cannot be started
	 */
	static String measure(int sessions) throws IOException {
		// without it, JOL cannot look into records and lambdas
		System.setProperty("jol.magicFieldOffset", "true");
		try (ConfigurableApplicationContext context = BenchmarkServer.start("0", "--ws.heartbeat.enabled=false",
				"--ws.server.event-loops=1", "--spring.main.banner-mode=off", "--logging.level.root=warn");
				JavaProcess clients = JavaProcess.start(IdleClients.class, false, List.of("-Xmx256m"),
						context.getEnvironment().getRequiredProperty("local.ws.port"))) {
			clients.await();
			StringBuilder text = new StringBuilder();
			for (String path : List.of("/loop/echo", "/task/echo")) {
				clients.ask(BEFORE + " " + path);
				// what JOL itself leaves behind is there afterwards
				count(context);
				Map<Class<?>, Use> before = count(context);
				clients.ask(sessions + " " + path);
				text.append(describe(path, before, count(context), sessions));
			}
			return text.toString();
		}
	}

	private static Map<Class<?>, Use> count(ConfigurableApplicationContext context) {
		System.gc();
		GraphLayout graph = GraphLayout.parseInstance(context);
		Map<Class<?>, Use> uses = new HashMap<>();
		for (Class<?> type : graph.getClasses()) {
			uses.put(type, new Use(graph.getClassCounts().count(type), graph.getClassSizes().count(type)));
		}
		return uses;
	}

	private static String describe(String path, Map<Class<?>, Use> before, Map<Class<?>, Use> after, int sessions) {
		List<Row> rows = new ArrayList<>();
		double total = 0;
		double objects = 0;
		for (Map.Entry<Class<?>, Use> entry : after.entrySet()) {
			Use use = Objects.requireNonNull(before.getOrDefault(entry.getKey(), Use.NONE));
			double count = (double) (entry.getValue().count() - use.count()) / sessions;
			double bytes = (double) (entry.getValue().bytes() - use.bytes()) / sessions;
			if (Math.abs(bytes) >= 0.5) {
				rows.add(new Row(entry.getKey(), count, bytes));
				total += bytes;
				objects += count;
			}
		}
		rows.sort(Comparator.comparingDouble(Row::bytes).reversed());
		StringBuilder text = new StringBuilder("An idle session at `" + path + "`, " + sessions + " of them, JDK "
				+ Runtime.version().feature() + ":\n\n| class | objects | bytes |\n|---|--:|--:|\n");
		for (Row row : rows) {
			text.append(line("`" + row.type().getTypeName() + "`", row.count(), row.bytes()));
		}
		return text.append(line("**all**", objects, total)).append('\n').toString();
	}

	private static String line(String name, double count, double bytes) {
		return String.format(Locale.ROOT, "| %s | %.2f | %.0f |%n", name, count, bytes);
	}

	private record Use(long count, long bytes) {

		private static final Use NONE = new Use(0, 0);

	}

	private record Row(Class<?> type, double count, double bytes) {

	}

}
