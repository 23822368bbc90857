package io.github.wsspring.transport;

import java.nio.ByteBuffer;

/**
 * The two buffers for encrypted bytes that all TLS connections of an event loop share.
 */
final class TlsBuffers {

	/** Room for a record that was cut and what one read brings. */
	private final ByteBuffer input = ByteBuffer.allocate(EventLoop.BUFFER_SIZE);

	/** Room for a few records. */
	private final ByteBuffer output = ByteBuffer.allocate(EventLoop.BUFFER_SIZE);

	ByteBuffer input() {
		return this.input;
	}

	ByteBuffer output() {
		return this.output;
	}

}
