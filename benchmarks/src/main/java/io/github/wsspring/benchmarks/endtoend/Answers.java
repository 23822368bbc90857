package io.github.wsspring.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.function.ToLongFunction;

import com.sun.management.OperatingSystemMXBean;

/**
 * The end of a {@link JavaProcess} in the process itself.
 */
final class Answers {

	/** What distinguishes our lines from what is logged. */
	static final String PREFIX = "#";

	/** Asks for the CPU time that the process took so far, in nanoseconds. */
	static final String CPU = "cpu";

	private Answers() {
	}

	/**
	 * Says a number, and goes on to answer questions for CPU time until nobody will ask
	 * any more; then ends the process.
	 * @param first the number, such as a port
	 * @throws IOException if the process's input is broken
	 */
	static void serve(long first) throws IOException {
		serve(first, (question) -> cpu());
	}

	static void serve(long first, ToLongFunction<String> questions) throws IOException {
		System.out.println(PREFIX + first);
		try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				System.out.println(PREFIX + questions.applyAsLong(line));
			}
		}
		Runtime.getRuntime().halt(0);
	}

	/**
	 * The CPU time that this process took so far.
	 * @return nanoseconds
	 */
	static long cpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

}
