package io.github.wsspring.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.endpoint.Execution;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.server.InMemoryConnection;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionHandler;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.web.bind.annotation.PathVariable;

/**
 * How long a text message takes from the engine's call of the endpoint, through the
 * method of a bean, to its answer in the buffer that goes to the socket.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EndpointBenchmark {

	/** Which method answers. */
	@Param
	public Kind kind = Kind.TEXT;

	@SuppressWarnings("NullAway.Init")
	private InMemoryApplication application;

	@SuppressWarnings("NullAway.Init")
	private InMemoryConnection connection;

	@SuppressWarnings("NullAway.Init")
	private Session session;

	@SuppressWarnings("NullAway.Init")
	private SessionHandler handler;

	/** Opens a session, and sees that its answers are right. */
	@Setup(Level.Trial)
	public void open() {
		this.application = new InMemoryApplication(Runnable::run, Text.class, Json.class, Arguments.class);
		this.connection = this.application.connect(this.kind.target);
		this.session = this.connection.session();
		this.handler = this.session.endpoint().handler();
		byte[] answer = this.connection.answer(ClientFrames.text(this.kind.message, new Random(42)),
				this.kind.answer.length() + 2);
		String text = new String(answer, 2, answer.length - 2, StandardCharsets.UTF_8);
		if (!text.equals(this.kind.answer)) {
			throw new IllegalStateException("The answer is " + text);
		}
	}

	/** Ends the application. */
	@TearDown
	public void close() {
		this.application.close();
	}

	/**
	 * Has the endpoint handle a message, and writes the answer.
	 * @return how much was written so far
	 * @throws Exception never
	 */
	@Benchmark
	public long invoke() throws Exception {
		CompletionStage<?> stage = this.handler.onText(this.session, this.kind.message);
		if (stage != null) {
			throw new IllegalStateException("The answer is not there yet");
		}
		this.connection.flush();
		return this.connection.sent();
	}

	/** A method, what it gets and what it answers. */
	public enum Kind {

		/** <code>String text(String)</code>. */
		TEXT("/text", "Hello, world", "Hello, world"),

		/** A record by its type, answered by another one. */
		JSON("/json", "{\"type\":\"say\",\"text\":\"Hello, world\"}", "{\"from\":\"alice\",\"text\":\"Hello, world\"}"),

		/** <code>String text(String, @PathVariable String, Principal)</code>. */
		ARGUMENTS("/rooms/42", "Hello, world", "42 alice Hello, world");

		private final String target;

		private final String message;

		private final String answer;

		Kind(String target, String message, String answer) {
			this.target = target;
			this.message = message;
			this.answer = answer;
		}

	}

	@WsEndpoint(path = "/text", execution = Execution.EVENT_LOOP)
	static class Text {

		@OnMessage
		String text(String text) {
			return text;
		}

	}

	@WsEndpoint(path = "/json", execution = Execution.EVENT_LOOP)
	static class Json {

		@OnMessage("say")
		Said say(Say in) {
			return new Said("alice", in.text());
		}

	}

	@WsEndpoint(path = "/rooms/{room}", execution = Execution.EVENT_LOOP)
	static class Arguments {

		@OnMessage
		String text(String text, @PathVariable String room, @Nullable Principal me) {
			return room + " " + ((me != null) ? me.getName() : "nobody") + " " + text;
		}

	}

	record Say(String text) {

	}

	record Said(String from, String text) {

	}

}
