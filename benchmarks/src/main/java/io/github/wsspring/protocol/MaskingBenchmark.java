package io.github.wsspring.protocol;

import java.util.Random;
import java.util.concurrent.TimeUnit;

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
 * How long it takes to unmask a payload in place. The payload does not begin at a
 * multiple of eight bytes, as none does behind a header.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MaskingBenchmark {

	private static final int HEADER = 6;

	private static final int KEY = 0x37fa213d;

	/** Bytes of payload. */
	@Param({ "7", "32", "1024", "65536" })
	public int size;

	private byte[] bytes = new byte[0];

	/** Makes a payload. */
	@Setup
	public void fill() {
		this.bytes = new byte[HEADER + this.size];
		new Random(42).nextBytes(this.bytes);
	}

	/**
	 * Masks, or unmasks what was masked the last time.
	 * @return the bytes
	 */
	@Benchmark
	public byte[] apply() {
		Masking.apply(this.bytes, HEADER, HEADER + this.size, KEY);
		return this.bytes;
	}

}
