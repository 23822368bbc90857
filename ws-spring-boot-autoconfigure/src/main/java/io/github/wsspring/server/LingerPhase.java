package io.github.wsspring.server;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection: what is queued is written, our side is closed, and what the
 * peer still sends is thrown away until it closes too.
 * <p>
 * Closing at once with unread input would make the system send RST, and the peer would
 * lose our last frames.
 */
final class LingerPhase implements Phase {

	private static final long MAX_WRITE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long MAX_LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int MAX_DISCARDED = 256 * 1024;

	private final Connection connection;

	private long deadline;

	private int discarded;

	private boolean inputEnded;

	private boolean outputEnded;

	LingerPhase(Connection connection, boolean inputEnded) {
		this.connection = connection;
		this.inputEnded = inputEnded;
		this.deadline = connection.loop().now() + MAX_WRITE_NANOS;
	}

	@Override
	public int received(byte[] bytes, int from, int to) {
		this.discarded += to - from;
		if (this.discarded > MAX_DISCARDED && this.outputEnded) {
			this.connection.close();
		}
		return to;
	}

	@Override
	public void ended() {
		this.inputEnded = true;
		closeIfBothEnded();
	}

	@Override
	public void drained() {
		if (!this.outputEnded) {
			this.outputEnded = true;
			this.deadline = this.connection.loop().now() + MAX_LINGER_NANOS;
			this.connection.tickSoon();
			this.connection.shutdownOutput();
			closeIfBothEnded();
		}
	}

	private void closeIfBothEnded() {
		if (this.inputEnded && this.outputEnded) {
			this.connection.close();
		}
	}

	@Override
	public void shutDown(CloseStatus status) {
		// it is ending already
	}

	@Override
	public void broken(@Nullable IOException cause) {
		// nobody is left to be told
	}

	@Override
	public long tick(long now) {
		long left = this.deadline - now;
		if (left <= 0) {
			this.connection.close();
		}
		return left;
	}

	@Override
	public String toString() {
		return "lingering";
	}

}
