package io.github.wsspring.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * What is to be written to one transport, in order, with as few system calls as possible.
 * <p>
 * The usual way is {@link #room}: the bytes go straight into the buffer that will be
 * written at the end of the turn. When that is not free or too small, {@link #add} queues
 * references to the caller's arrays.
 *
 * <pre>
 *   batch (this turn, direct)  ->  first chunk -> chunk -> ... -> last chunk
 *   |<-------- flush() writes from left to right, remembers where it stopped ------>|
 * </pre>
 *
 * Belongs to one event loop.
 */
public final class WriteQueue {

	/** How many bytes one flush writes before it is the others' turn. */
	static final int BUDGET = 256 * 1024;

	private static final byte[] EMPTY = {};

	private final OutputBuffers buffers;

	private @Nullable Chunk first;

	private @Nullable Chunk last;

	private long written;

	WriteQueue(OutputBuffers buffers) {
		this.buffers = buffers;
	}

	/**
	 * Room to write into at once.
	 * @param size how many bytes will be written
	 * @return the buffer, to be filled with just as many bytes before anything else is
	 * called here; {@code null} if {@link #add} has to be used
	 */
	public @Nullable ByteBuffer room(int size) {
		OutputBuffers shared = this.buffers;
		if (this.first != null || size > shared.batch.remaining() || (shared.owner != this && shared.owner != null)) {
			return null;
		}
		shared.owner = this;
		return shared.batch;
	}

	/**
	 * Queues a frame.
	 * @param header its first bytes
	 * @param payload the bytes that follow
	 * @param receipt told what becomes of it, {@code null} if nobody wants to know
	 */
	public void add(byte[] header, byte[] payload, @Nullable Receipt receipt) {
		Chunk chunk = new Chunk(header, payload, receipt, false);
		if (this.last == null) {
			this.first = chunk;
		}
		else {
			this.last.next = chunk;
		}
		this.last = chunk;
	}

	/**
	 * Queues a frame before all that have not begun to be written, but after other urgent
	 * ones.
	 * @param header its first bytes
	 * @param payload the bytes that follow
	 */
	public void addUrgent(byte[] header, byte[] payload) {
		Chunk before = null;
		for (Chunk at = this.first; at != null && (at.urgent || at.offset > 0); at = at.next) {
			before = at;
		}
		Chunk chunk = new Chunk(header, payload, null, true);
		if (before == null) {
			chunk.next = this.first;
			this.first = chunk;
		}
		else {
			chunk.next = before.next;
			before.next = chunk;
		}
		if (chunk.next == null) {
			this.last = chunk;
		}
	}

	/**
	 * Drops frames that have not begun to be written and are not urgent, those that have
	 * waited longest first.
	 * @param bytes how many bytes to get rid of
	 * @return how many bytes were dropped, possibly more or fewer
	 */
	public int dropOldest(int bytes) {
		int dropped = 0;
		Chunk before = null;
		Chunk at = this.first;
		while (at != null && dropped < bytes) {
			Chunk next = at.next;
			if (at.urgent || at.offset > 0) {
				before = at;
			}
			else {
				dropped += at.size();
				unlink(before, at);
				at.tell(false);
			}
			at = next;
		}
		return dropped;
	}

	private void unlink(@Nullable Chunk before, Chunk chunk) {
		if (before == null) {
			this.first = chunk.next;
		}
		else {
			before.next = chunk.next;
		}
		if (chunk.next == null) {
			this.last = before;
		}
	}

	/**
	 * Writes what the transport takes.
	 * @param transport the transport
	 * @return how it went
	 * @throws IOException if the connection is broken
	 */
	public Outcome flush(Transport transport) throws IOException {
		if (this.buffers.owner == this && !flushBatch(transport)) {
			return Outcome.BLOCKED;
		}
		int budget = BUDGET;
		while (this.first != null) {
			if (budget <= 0) {
				return Outcome.MORE;
			}
			int taken = flushChunks(transport);
			if (this.first != null && taken < this.buffers.scratch.limit()) {
				return Outcome.BLOCKED;
			}
			budget -= taken;
		}
		return Outcome.DRAINED;
	}

	/** Writes the batch; what is not taken becomes the first chunk. */
	private boolean flushBatch(Transport transport) throws IOException {
		ByteBuffer batch = this.buffers.batch.flip();
		this.buffers.owner = null;
		try {
			this.written += transport.write(batch);
			if (!batch.hasRemaining()) {
				return true;
			}
			keep(batch);
			return false;
		}
		finally {
			batch.clear();
		}
	}

	private void keep(ByteBuffer rest) {
		byte[] bytes = new byte[rest.remaining()];
		rest.get(bytes);
		Chunk chunk = new Chunk(bytes, EMPTY, null, true);
		chunk.next = this.first;
		this.first = chunk;
		if (this.last == null) {
			this.last = chunk;
		}
	}

	private int flushChunks(Transport transport) throws IOException {
		ByteBuffer scratch = this.buffers.scratch.clear();
		for (Chunk chunk = this.first; chunk != null && scratch.hasRemaining(); chunk = chunk.next) {
			chunk.copyTo(scratch);
		}
		int taken = transport.write(scratch.flip());
		this.written += taken;
		advance(taken);
		return taken;
	}

	private void advance(int taken) {
		int rest = taken;
		Chunk chunk = this.first;
		while (chunk != null && rest >= chunk.size()) {
			rest -= chunk.size();
			this.first = chunk.next;
			chunk.tell(true);
			chunk = this.first;
		}
		if (chunk == null) {
			this.last = null;
		}
		else {
			chunk.offset += rest;
		}
	}

	/**
	 * Forgets everything that was not written.
	 */
	public void discard() {
		if (this.buffers.owner == this) {
			this.buffers.owner = null;
			this.buffers.batch.clear();
		}
		Chunk chunk = this.first;
		this.first = null;
		this.last = null;
		for (; chunk != null; chunk = chunk.next) {
			chunk.tell(false);
		}
	}

	/**
	 * Whether nothing waits.
	 * @return {@code true} if the transport took everything
	 */
	public boolean isEmpty() {
		return this.first == null && this.buffers.owner != this;
	}

	/**
	 * How much the transport took so far.
	 * @return bytes since the beginning
	 */
	public long written() {
		return this.written;
	}

	/** How a flush went. */
	public enum Outcome {

		/** Everything was taken. */
		DRAINED,

		/** The transport takes no more at present. */
		BLOCKED,

		/** There is more to write, but others should have their turn. */
		MORE

	}

	/** Told what becomes of a frame. Must not use the queue. */
	public interface Receipt {

		/**
		 * The frame will not be heard of any more.
		 * @param written whether the transport took it
		 */
		void done(boolean written);

	}

	private static final class Chunk {

		private final byte[] header;

		private final byte[] payload;

		private final @Nullable Receipt receipt;

		private final boolean urgent;

		private int offset;

		private @Nullable Chunk next;

		Chunk(byte[] header, byte[] payload, @Nullable Receipt receipt, boolean urgent) {
			this.header = header;
			this.payload = payload;
			this.receipt = receipt;
			this.urgent = urgent;
		}

		int size() {
			return this.header.length + this.payload.length - this.offset;
		}

		void copyTo(ByteBuffer target) {
			int inHeader = Math.min(Math.max(this.header.length - this.offset, 0), target.remaining());
			target.put(this.header, Math.min(this.offset, this.header.length), inHeader);
			int inPayload = Math.max(this.offset - this.header.length, 0);
			target.put(this.payload, inPayload, Math.min(this.payload.length - inPayload, target.remaining()));
		}

		void tell(boolean written) {
			if (this.receipt != null) {
				this.receipt.done(written);
			}
		}

	}

}
