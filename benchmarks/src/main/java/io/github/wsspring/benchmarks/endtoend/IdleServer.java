package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import io.github.wsspring.benchmarks.BenchmarkServer;

/**
 * The starter, asked for its CPU time and its live heap.
 */
final class IdleServer {

	/** Asks for the live heap in bytes, instead of CPU time. */
	static final String HEAP = "heap";

	private IdleServer() {
	}

	/**
	 * Serves.
	 * @param arguments the port, then properties
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		int port = BenchmarkServer.start(arguments)
			.getEnvironment()
			.getRequiredProperty("local.ws.port", Integer.class);
		Answers.serve(port, (question) -> question.equals(HEAP) ? heap() : Answers.cpu());
	}

	/**
	 * Collects garbage.
	 * @return what is left on the heap, in bytes
	 */
	static long heap() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
