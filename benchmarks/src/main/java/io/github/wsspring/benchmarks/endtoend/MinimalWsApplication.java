package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;

import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * An application with one endpoint.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(MinimalWsApplication.Echo.class)
class MinimalWsApplication {

	/**
	 * Starts on a free port, and answers when asked for CPU time.
	 * @param arguments none
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		SpringApplication.run(MinimalWsApplication.class, "--ws.server.port=0", "--ws.server.address=127.0.0.1");
		Answers.serve(0);
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

}
