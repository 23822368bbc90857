package io.github.wsspring.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The two direct buffers that all write queues of an event loop share.
 * <p>
 * In the <em>batch</em> one queue at a time collects what a turn writes, without any
 * object per frame. The <em>scratch</em> buffer carries queued bytes from the heap to the
 * socket.
 */
final class OutputBuffers {

	final ByteBuffer batch;

	final ByteBuffer scratch;

	/** Whose bytes the batch holds; {@code null} if it is empty. */
	@Nullable WriteQueue owner;

	OutputBuffers(int size) {
		this.batch = ByteBuffer.allocateDirect(size);
		this.scratch = ByteBuffer.allocateDirect(size);
	}

}
