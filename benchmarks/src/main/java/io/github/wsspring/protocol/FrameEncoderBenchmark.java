package io.github.wsspring.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.benchmarks.Texts;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a message takes from what the application sends to a frame in the direct
 * buffer that goes to the socket.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameEncoderBenchmark {

	/** Bytes of payload. */
	@Param({ "32", "1024" })
	public int size;

	private String ascii = "";

	private String mixed = "";

	private byte[] data = new byte[0];

	private final ByteBuffer target = ByteBuffer.allocateDirect(64 * 1024);

	/** Makes the payloads. */
	@Setup
	public void fill() {
		this.ascii = Texts.ASCII.ofSize(this.size);
		this.mixed = Texts.MIXED.ofSize(this.size);
		this.data = this.ascii.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * A text message of ASCII letters.
	 * @return the buffer
	 */
	@Benchmark
	public ByteBuffer text() {
		return write(PreparedMessage.text(this.ascii));
	}

	/**
	 * A text message of mixed scripts.
	 * @return the buffer
	 */
	@Benchmark
	public ByteBuffer mixedText() {
		return write(PreparedMessage.text(this.mixed));
	}

	/**
	 * A binary message.
	 * @return the buffer
	 */
	@Benchmark
	public ByteBuffer binary() {
		return write(PreparedMessage.binary(this.data));
	}

	private ByteBuffer write(PreparedMessage message) {
		message.frame().writeTo(this.target.clear());
		return this.target;
	}

}
