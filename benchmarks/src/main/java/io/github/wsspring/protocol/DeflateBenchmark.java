package io.github.wsspring.protocol;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long permessage-deflate takes for a JSON message of 1 KiB, at zlib's own level: by
 * itself, with a compressor from the pool, and with the context of the messages before
 * it. The messages differ, and come again after 16.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeflateBenchmark {

	private static final int MESSAGES = 16;

	private static final int SIZE = 1024;

	/** Whether a message may refer to those before it. */
	@Param({ "false", "true" })
	public boolean contextTakeover;

	private final DeflatePool pool = new DeflatePool(4);

	private final String[] texts = new String[MESSAGES];

	private final byte[][] compressed = new byte[MESSAGES][];

	private Compression compression = Compression.NONE;

	private int next;

	/** Makes the messages, and what they are compressed. */
	@Setup
	public void fill() throws ProtocolException {
		this.compression = newCompression();
		Random random = new Random(42);
		Compression client = newCompression();
		for (int i = 0; i < MESSAGES; i++) {
			this.texts[i] = json(random);
			this.compressed[i] = compress(client, this.texts[i]).payload();
		}
		client.close();
		int[] inflated = new int[1];
		for (int i = 0; i < MESSAGES; i++) {
			inflate((bytes, length) -> {
				inflated[0] += length;
				return true;
			});
		}
		if (inflated[0] != MESSAGES * SIZE) {
			throw new IllegalStateException(inflated[0] + " bytes came out");
		}
	}

	private Compression newCompression() {
		return new PerMessageDeflate(new DeflateParameters(!this.contextTakeover, !this.contextTakeover, 15),
				new DeflateOptions(0, Deflater.DEFAULT_COMPRESSION, this.contextTakeover), this.pool);
	}

	private static String json(Random random) {
		StringBuilder json = new StringBuilder("{\"type\":\"quotes\",\"quotes\":[");
		while (json.length() < SIZE - 80) {
			json.append("{\"symbol\":\"S")
				.append(random.nextInt(1000))
				.append("\",\"price\":")
				.append(random.nextInt(100_000))
				.append(",\"volume\":")
				.append(random.nextInt(1_000_000))
				.append("},");
		}
		json.setCharAt(json.length() - 1, ']');
		return json.append(" ".repeat(SIZE - 1 - json.length())).append('}').toString();
	}

	private static Frame compress(Compression compression, String text) {
		return compression.finish(compression.prepare(PreparedMessage.text(text)));
	}

	/** Gives the compressor back. */
	@TearDown
	public void close() {
		this.compression.close();
		this.pool.close();
	}

	/**
	 * Compresses a message, from the text to the frame.
	 * @return the frame
	 */
	@Benchmark
	public Frame deflate() {
		return compress(this.compression, this.texts[this.next++ % MESSAGES]);
	}

	/**
	 * Restores a message, from the frame's payload to its bytes.
	 * @param blackhole takes the bytes
	 * @throws ProtocolException never
	 */
	@Benchmark
	public void inflate(Blackhole blackhole) throws ProtocolException {
		inflate((bytes, length) -> {
			blackhole.consume(bytes);
			return true;
		});
	}

	private void inflate(Compression.Target target) throws ProtocolException {
		byte[] bytes = this.compressed[this.next++ % MESSAGES];
		this.compression.inflate(bytes, 0, bytes.length, true, target);
	}

}
