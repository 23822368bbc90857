package io.github.wsspring.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses the messages of one direction (RFC 7692, section 7.2.1).
 */
final class Deflate implements AutoCloseable {

	private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

	private final byte[] buffer = new byte[64 * 1024];

	private final int window;

	private final boolean takesOver;

	/** How many octets the next reference could reach back. */
	private int reach;

	/**
	 * Creates a compressor.
	 * @param windowBits the base-2 logarithm of the farthest legal distance, 8-15
	 * @param takesOver whether a message may refer to the ones before
	 */
	Deflate(int windowBits, boolean takesOver) {
		this.window = 1 << windowBits;
		this.takesOver = takesOver;
	}

	/**
	 * Compresses one message.
	 * @param content its content
	 * @return its payload
	 */
	byte[] message(byte[] content) {
		if (!this.takesOver) {
			this.deflater.reset();
			this.reach = 0;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int from = 0;
		// The JDK's window is always that of 15 bits: a smaller one is kept by forgetting
		// everything each time as many octets have gone by.
		while (this.window < 1 << 15 && content.length - from > this.window - this.reach) {
			int room = this.window - this.reach;
			compress(content, from, room, Deflater.FULL_FLUSH, out);
			from += room;
			this.reach = 0;
		}
		compress(content, from, content.length - from, Deflater.SYNC_FLUSH, out);
		this.reach += content.length - from;
		byte[] compressed = out.toByteArray();
		// RFC 7692 7.2.1: the end of the flush is left out; an empty message is one 00
		return (compressed.length <= 4) ? new byte[1] : Arrays.copyOf(compressed, compressed.length - 4);
	}

	private void compress(byte[] content, int from, int length, int flush, ByteArrayOutputStream out) {
		this.deflater.setInput(content, from, length);
		int count;
		do {
			count = this.deflater.deflate(this.buffer, 0, this.buffer.length, flush);
			out.write(this.buffer, 0, count);
		}
		while (count == this.buffer.length);
	}

	@Override
	public void close() {
		this.deflater.end();
	}

}
