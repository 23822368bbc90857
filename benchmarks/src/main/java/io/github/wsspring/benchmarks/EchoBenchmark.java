package io.github.wsspring.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.server.InMemoryConnection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long an echoed text message takes in the whole house but for the system calls, and
 * with {@code -prof gc} how much it allocates: the bytes of a masked frame arrive, become
 * a {@code String}, go through the method of a bean, and leave as the bytes of a frame.
 * 16 messages arrive at once, as on a busy connection. On a pool the loop sleeps until
 * the answers come back, as it does in a server.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EchoBenchmark {

	private static final int MESSAGES = 16;

	/** Where the method is called. */
	@Param
	public Where where = Where.EVENT_LOOP;

	/** Which text. */
	@Param
	public Message message = Message.ASCII_32;

	private final ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>());

	private byte[] frames = new byte[0];

	private int answerSize;

	@SuppressWarnings("NullAway.Init")
	private InMemoryApplication application;

	@SuppressWarnings("NullAway.Init")
	private InMemoryConnection connection;

	/** Opens a session, and sees that its answers are right. */
	@Setup(Level.Trial)
	public void open() {
		String text = this.message.script.ofSize(this.message.size);
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		Random random = new Random(42);
		for (int i = 0; i < MESSAGES; i++) {
			frames.writeBytes(ClientFrames.text(text, random));
		}
		this.frames = frames.toByteArray();
		Executor executor = (this.where == Where.TASK) ? this.pool : Runnable::run;
		this.application = new InMemoryApplication(executor, BenchmarkServer.LoopEcho.class,
				BenchmarkServer.TaskEcho.class);
		this.connection = this.application.connect((this.where == Where.EVENT_LOOP) ? "/loop/echo" : "/task/echo");
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		int headerSize = (payload.length < 126) ? 2 : 4;
		this.answerSize = MESSAGES * (headerSize + payload.length);
		byte[] answer = this.connection.answer(this.frames, this.answerSize);
		int last = answer.length - payload.length;
		if (answer.length != this.answerSize
				|| !Arrays.equals(answer, last, answer.length, payload, 0, payload.length)) {
			throw new IllegalStateException("The answer is not an echo");
		}
	}

	/** Ends application and pool. */
	@TearDown
	public void close() {
		this.application.close();
		this.pool.shutdownNow();
	}

	/**
	 * Has messages echoed.
	 * @return how many bytes were written so far
	 */
	@Benchmark
	@OperationsPerInvocation(MESSAGES)
	public long echo() {
		long before = this.connection.sent();
		this.connection.receive(this.frames);
		this.connection.awaitSent(before + this.answerSize);
		return this.connection.sent();
	}

	/** Where the bean's method is called. */
	public enum Where {

		/** By the event loop, {@code execution = EVENT_LOOP}. */
		EVENT_LOOP,

		/** Through a mailbox, but by the event loop: what the mailbox alone costs. */
		TASK_ON_CALLER,

		/** On a pool of one thread, {@code execution = TASK}. */
		TASK

	}

	/** A message to echo. */
	public enum Message {

		/** 32 bytes of ASCII. */
		ASCII_32(Texts.ASCII, 32),

		/** 1 KiB of ASCII. */
		ASCII_1K(Texts.ASCII, 1024),

		/** 1 KiB of mixed scripts. */
		MIXED_1K(Texts.MIXED, 1024);

		private final Texts script;

		private final int size;

		Message(Texts script, int size) {
			this.script = script;
			this.size = size;
		}

	}

}
