package io.github.wsspring.benchmarks;

import java.util.Map;

import io.github.wsspring.endpoint.Broadcast;
import io.github.wsspring.endpoint.Execution;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * An application for load generators: {@code /loop/echo} and {@code /loop/fanout} run on
 * the event loop, {@code /task/echo} and {@code /task/fanout} on the handler executor.
 * The first argument is the port; others are properties, such as
 * {@code --ws.compression.enabled=true}.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ BenchmarkServer.LoopEcho.class, BenchmarkServer.TaskEcho.class, BenchmarkServer.LoopFanout.class,
		BenchmarkServer.TaskFanout.class })
public class BenchmarkServer {

	/**
	 * Starts the server.
	 * @param arguments the port, then properties
	 */
	public static void main(String[] arguments) {
		start(arguments);
	}

	/**
	 * Starts the server.
	 * @param arguments the port, then properties
	 * @return the running application
	 */
	public static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(BenchmarkServer.class);
		application.setDefaultProperties(Map.of("ws.server.port", arguments[0], "ws.server.address", "127.0.0.1",
				"ws.server.backlog", "4096", "ws.server.limits.connections", "20000", "ws.inbound.max-message-size",
				"1MB", "ws.outbound.queue-size", "4MB"));
		return application.run(arguments);
	}

	@WsEndpoint(path = "/loop/echo", execution = Execution.EVENT_LOOP)
	static class LoopEcho {

		@OnMessage
		String text(String text) {
			return text;
		}

		@OnMessage
		byte[] binary(byte[] data) {
			return data;
		}

	}

	@WsEndpoint("/task/echo")
	static class TaskEcho extends LoopEcho {

	}

	@WsEndpoint(path = "/loop/fanout", execution = Execution.EVENT_LOOP)
	static class LoopFanout {

		@OnOpen
		void open(WsSession session) {
			session.join(getClass().getSimpleName());
		}

		@OnMessage
		@Broadcast(to = "LoopFanout")
		byte[] send(byte[] data) {
			return data;
		}

	}

	@WsEndpoint("/task/fanout")
	static class TaskFanout {

		@OnOpen
		void open(WsSession session) {
			session.join(getClass().getSimpleName());
		}

		@OnMessage
		@Broadcast(to = "TaskFanout")
		byte[] send(byte[] data) {
			return data;
		}

	}

}
