package io.github.wsspring.transport;

import java.nio.ByteBuffer;

/**
 * The bytes that are under way in one direction of a {@link MemoryLink}, which guards it.
 * Owns memory only while there are any.
 */
final class MemoryPipe {

	private static final byte[] NOTHING = {};

	private final int capacity;

	/** A ring that grows as far as the capacity. */
	private byte[] bytes = NOTHING;

	private int from;

	private int size;

	private boolean ended;

	MemoryPipe(int capacity) {
		this.capacity = capacity;
	}

	/** Returns how many bytes were taken from the source: as many as fit. */
	int put(ByteBuffer source) {
		int count = Math.min(source.remaining(), room());
		if (count > this.bytes.length - this.size) {
			grow(this.size + count);
		}
		int to = this.from + this.size;
		to = (to < this.bytes.length) ? to : to - this.bytes.length;
		int straight = Math.min(count, this.bytes.length - to);
		source.get(this.bytes, to, straight);
		source.get(this.bytes, 0, count - straight);
		this.size += count;
		return count;
	}

	private void grow(int needed) {
		ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, Math.min(this.capacity, 2 * this.bytes.length)));
		int before = this.size;
		take(larger);
		this.bytes = larger.array();
		this.from = 0;
		this.size = before;
	}

	/** Returns how many bytes were given to the target: as many as there are. */
	int take(ByteBuffer target) {
		int count = Math.min(this.size, target.remaining());
		int straight = Math.min(count, this.bytes.length - this.from);
		target.put(this.bytes, this.from, straight);
		target.put(this.bytes, 0, count - straight);
		this.size -= count;
		this.from += count;
		this.from = (this.from < this.bytes.length) ? this.from : this.from - this.bytes.length;
		if (this.size == 0) {
			clear();
		}
		return count;
	}

	/** Forgets what is under way. */
	void clear() {
		this.bytes = NOTHING;
		this.from = 0;
		this.size = 0;
	}

	/** No more bytes will be put. */
	void end() {
		this.ended = true;
	}

	boolean isEnded() {
		return this.ended;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	int room() {
		return this.capacity - this.size;
	}

	/** How many bytes of memory it holds. */
	int footprint() {
		return this.bytes.length;
	}

	@Override
	public String toString() {
		return this.size + " of " + this.capacity + " bytes" + (this.ended ? ", ended" : "");
	}

}
