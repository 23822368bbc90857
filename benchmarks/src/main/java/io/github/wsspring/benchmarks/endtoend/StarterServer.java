package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;

import io.github.wsspring.benchmarks.BenchmarkServer;

/**
 * The starter, in an application of the kind that users write.
 */
final class StarterServer {

	private StarterServer() {
	}

	/**
	 * Serves on a free port.
	 * @param arguments none
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		Answers.serve(BenchmarkServer.start("0", "--spring.main.banner-mode=off")
			.getEnvironment()
			.getRequiredProperty("local.ws.port", Integer.class));
	}

}
