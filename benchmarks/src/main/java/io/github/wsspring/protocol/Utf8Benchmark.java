package io.github.wsspring.protocol;

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
 * How long text takes between bytes and {@code String}: our incremental check, which only
 * fragments need, and our way and the JDK's to decode and to encode.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Utf8Benchmark {

	/** Bytes of UTF-8. */
	@Param({ "32", "1024", "16384" })
	public int size;

	/** Which letters. */
	@Param
	public Texts script = Texts.ASCII;

	private byte[] bytes = new byte[0];

	private String text = "";

	private final TextWorkspace workspace = new TextWorkspace();

	/** Makes the text. */
	@Setup
	public void fill() {
		String text = this.script.ofSize(this.size);
		this.bytes = text.getBytes(StandardCharsets.UTF_8);
		this.text = new String(this.bytes, StandardCharsets.UTF_8);
		if (!check() || !decode().equals(text) || !decodeWhole().equals(text)) {
			throw new IllegalStateException("The text did not stay what it was");
		}
	}

	/**
	 * Checks the bytes as those of a fragment are checked.
	 * @return {@code true}
	 */
	@Benchmark
	public boolean check() {
		return Utf8.check(Utf8.COMPLETE, this.bytes, 0, this.bytes.length) == Utf8.COMPLETE;
	}

	/**
	 * What the JDK alone needs for decoding.
	 * @return the text
	 */
	@Benchmark
	public String decode() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	/**
	 * What a message in one frame takes: decoding, strictly.
	 * @return the text
	 */
	@Benchmark
	public String decodeWhole() {
		String text = Utf8Strings.decode(this.bytes, 0, this.bytes.length, this.workspace);
		if (text == null) {
			throw new IllegalStateException("The text is not UTF-8");
		}
		return text;
	}

	/**
	 * What the JDK needs for encoding.
	 * @return the bytes
	 */
	@Benchmark
	public byte[] encode() {
		return this.text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What a message takes that is sent.
	 * @return the bytes
	 */
	@Benchmark
	public byte[] encodeWhole() {
		return Utf8Strings.encode(this.text);
	}

}
