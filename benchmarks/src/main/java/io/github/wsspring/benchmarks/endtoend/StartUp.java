package io.github.wsspring.benchmarks.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the starter adds to an application: starts the smallest application with and
 * without it, in turns and each time in a fresh JVM, from the launch of the process to
 * the end of {@code SpringApplication.run}.
 */
final class StartUp {

	private static final String OPTION = "-Xmx256m";

	private final Map<Variant, List<Long>> wall = new EnumMap<>(Variant.class);

	private final Map<Variant, List<Long>> cpu = new EnumMap<>(Variant.class);

	private StartUp() {
	}

	/**
	 * Measures.
	 * @param runs how many starts of each kind
	 * @return tables in Markdown
	 * @throws IOException if a process cannot be started
	 */
	static String measure(int runs) throws IOException {
		StartUp measured = new StartUp();
		// the first one of each kind brings the files into the system's cache
		for (int run = -1; run < runs; run++) {
			for (Variant variant : Variant.values()) {
				measured.start(variant, run >= 0);
			}
		}
		return measured.table(runs) + "\n" + sizes();
	}

	private void start(Variant variant, boolean counts) throws IOException {
		long begin = System.nanoTime();
		try (JavaProcess process = JavaProcess.start(variant.main.getName(), variant.classPath(), List.of(OPTION))) {
			process.await();
			long wallNanos = System.nanoTime() - begin;
			// to answer takes long the first time, which is not part of the start
			long cpuNanos = process.ask(Answers.CPU);
			if (counts) {
				this.wall.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(wallNanos);
				this.cpu.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(cpuNanos);
			}
		}
	}

	private String table(int runs) {
		StringBuilder text = new StringBuilder("Medians of " + runs + " starts, each in a fresh JVM with `" + OPTION
				+ "`:\n\n| application | ms | CPU ms | more than the line above, ms and CPU ms |\n|---|--:|--:|--:|\n");
		long wallBefore = 0;
		long cpuBefore = 0;
		for (Variant variant : Variant.values()) {
			long wallNow = median(this.wall, variant);
			long cpuNow = median(this.cpu, variant);
			text.append(String.format(Locale.ROOT, "| %s | %,d | %,d | ", variant.title, wallNow, cpuNow))
				.append((wallBefore > 0)
						? String.format(Locale.ROOT, "%+,d / %+,d", wallNow - wallBefore, cpuNow - cpuBefore) : "")
				.append(" |\n");
			wallBefore = wallNow;
			cpuBefore = cpuNow;
		}
		return text.toString();
	}

	private static long median(Map<Variant, List<Long>> times, Variant variant) {
		List<Long> sorted = new ArrayList<>(Objects.requireNonNull(times.get(variant)));
		Collections.sort(sorted);
		return sorted.get(sorted.size() / 2) / 1_000_000;
	}

	private static String sizes() throws IOException {
		StringBuilder text = new StringBuilder("| file | KiB |\n|---|--:|\n");
		long starter = 0;
		for (Path jar : JavaProcess.jars(JavaProcess.target().resolve("lib"))) {
			if (Variant.OURS.matcher(String.valueOf(jar.getFileName())).lookingAt()) {
				starter += Files.size(jar);
			}
			else if (!Variant.NOT_IN_JSON.matcher(String.valueOf(jar.getFileName())).lookingAt()) {
				continue;
			}
			if (!Variant.NEVER.matcher(String.valueOf(jar.getFileName())).lookingAt()) {
				text.append(String.format(Locale.ROOT, "| `%s` | %,d |%n", jar.getFileName(), Files.size(jar) / 1024));
			}
		}
		return text.append(String.format(Locale.ROOT, "| **ours** | %,d |%n", starter / 1024)).toString();
	}

	private enum Variant {

		/** Nothing at all. */
		PLAIN("`spring-boot-starter` alone", MinimalApplication.class, "ws-spring|spring-web-|jackson|.*-jackson-"),

		/** What most applications have anyway. */
		JSON("with `spring-boot-starter-jackson`", MinimalApplication.class, "ws-spring|spring-web-"),

		/** The starter as well. */
		STARTER("with `ws-spring-boot-starter` and one endpoint", MinimalWsApplication.class, "-");

		private static final Pattern NEVER = Pattern.compile("jmh|jol|jopt|commons-math");

		private static final Pattern OURS = Pattern.compile("ws-spring");

		private static final Pattern NOT_IN_JSON = Pattern.compile("spring-web-");

		private final String title;

		private final Class<?> main;

		private final Pattern without;

		Variant(String title, Class<?> main, String without) {
			this.title = title;
			this.main = main;
			this.without = Pattern.compile(without);
		}

		String classPath() throws IOException {
			List<String> entries = new ArrayList<>();
			Path target = JavaProcess.target();
			// not the JAR, whose manifest names all libraries
			entries.add(target.resolve("classes").toString());
			for (Path jar : JavaProcess.jars(target.resolve("lib"))) {
				String name = String.valueOf(jar.getFileName());
				if (!NEVER.matcher(name).lookingAt() && !this.without.matcher(name).lookingAt()) {
					entries.add(jar.toString());
				}
			}
			return String.join(File.pathSeparator, entries);
		}

	}

}
