package io.github.wsspring.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long a frame takes from the read buffer to the end of its payload: header, rules
 * about bits, unmasking; neither assembly nor UTF-8.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameDecoderBenchmark {

	private static final int FRAMES = 16;

	/** Bytes of payload in each frame. */
	@Param({ "32", "1024", "16384" })
	public int size;

	private byte[] masked = new byte[0];

	private byte[] buffer = new byte[0];

	/** Fills the buffer with frames as a client would send them. */
	@Setup
	public void encode() {
		Random random = new Random(42);
		ByteBuffer frames = ByteBuffer.allocate(FRAMES * (this.size + 14));
		for (int i = 0; i < FRAMES; i++) {
			byte[] payload = new byte[this.size];
			random.nextBytes(payload);
			frames.put((byte) 0x82);
			if (this.size < 126) {
				frames.put((byte) (0x80 | this.size));
			}
			else {
				frames.put((byte) 0xfe).putShort((short) this.size);
			}
			frames.putInt(random.nextInt()).put(payload);
		}
		this.masked = Arrays.copyOf(frames.array(), frames.position());
		this.buffer = new byte[this.masked.length];
	}

	/**
	 * Decodes a read buffer full of frames. The copy that brings them back to what a
	 * socket would have read is part of the time.
	 * @param blackhole takes the payloads
	 * @throws ProtocolException never
	 */
	@Benchmark
	@OperationsPerInvocation(FRAMES)
	public void decode(Blackhole blackhole) throws ProtocolException {
		System.arraycopy(this.masked, 0, this.buffer, 0, this.masked.length);
		new FrameDecoder(new Consumer(blackhole)).decode(this.buffer, 0, this.buffer.length);
	}

	private record Consumer(Blackhole blackhole) implements FrameHandler {

		@Override
		public void onHeader(int flags, long length) {
			this.blackhole.consume(flags);
		}

		@Override
		public int onPayload(byte[] bytes, int from, int to, boolean last) {
			this.blackhole.consume(bytes);
			return to;
		}

	}

}
