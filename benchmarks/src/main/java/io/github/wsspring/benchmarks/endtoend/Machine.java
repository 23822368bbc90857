package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/**
 * Where something was measured.
 */
final class Machine {

	private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

	private Machine() {
	}

	static String describe() {
		return processor() + ", " + Runtime.getRuntime().availableProcessors() + " CPUs, "
				+ System.getProperty("os.name") + " " + System.getProperty("os.version") + "; "
				+ System.getProperty("java.vendor") + " JDK " + Runtime.version() + "; "
				+ LocalDate.now(ZoneOffset.UTC);
	}

	private static String processor() {
		if (Files.isReadable(CPU_INFO)) {
			try (Stream<String> lines = Files.lines(CPU_INFO)) {
				return lines.filter((line) -> line.startsWith("model name"))
					.map((line) -> line.substring(line.indexOf(':') + 1).strip())
					.findFirst()
					.orElse(System.getProperty("os.arch"));
			}
			catch (IOException ex) {
				// the architecture will have to do
			}
		}
		return System.getProperty("os.arch");
	}

}
