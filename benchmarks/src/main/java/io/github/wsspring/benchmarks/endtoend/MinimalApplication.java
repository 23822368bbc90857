package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * An application that does nothing.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class MinimalApplication {

	/**
	 * Starts, and answers when asked for CPU time.
	 * @param arguments none
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		SpringApplication.run(MinimalApplication.class);
		Answers.serve(0);
	}

}
