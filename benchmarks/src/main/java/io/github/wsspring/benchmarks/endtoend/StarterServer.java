package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.wsspring.benchmarks.BenchmarkServer;

/**
 * The starter, in an application of the kind that users write.
 */
final class StarterServer {

	private StarterServer() {
	}

	/**
	 * Serves on a free port.
	 * @param arguments more properties
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of("0", "--spring.main.banner-mode=off"));
		all.addAll(List.of(arguments));
		Answers.serve(BenchmarkServer.start(all.toArray(String[]::new))
			.getEnvironment()
			.getRequiredProperty("local.ws.port", Integer.class));
	}

}
