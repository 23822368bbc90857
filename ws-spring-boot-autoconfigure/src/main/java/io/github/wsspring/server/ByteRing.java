package io.github.wsspring.server;

/**
 * Bytes that wait to be read, in the order in which they came. Grows with what waits; how
 * much that may be is up to its owner. For one thread at a time.
 */
final class ByteRing {

	private static final int MIN_CAPACITY = 256;

	private static final byte[] EMPTY = {};

	private byte[] bytes = EMPTY;

	private int head;

	private int size;

	int size() {
		return this.size;
	}

	/**
	 * Adds bytes.
	 * @param source holds the bytes, which are copied
	 * @param from the index of the first one
	 * @param to the index after the last one
	 */
	void add(byte[] source, int from, int to) {
		int length = to - from;
		if (length == 0) {
			return;
		}
		if (length > this.bytes.length - this.size) {
			grow(this.size + length);
		}
		int tail = (this.head + this.size) % this.bytes.length;
		int first = Math.min(length, this.bytes.length - tail);
		System.arraycopy(source, from, this.bytes, tail, first);
		System.arraycopy(source, from + first, this.bytes, 0, length - first);
		this.size += length;
	}

	private void grow(int needed) {
		byte[] larger = new byte[Math.max(MIN_CAPACITY, Math.max(needed, 2 * this.bytes.length))];
		int waiting = this.size;
		poll(larger, 0, waiting);
		this.bytes = larger;
		this.head = 0;
		this.size = waiting;
	}

	/**
	 * Removes bytes, the first ones first.
	 * @param target takes the bytes
	 * @param offset where the first one goes
	 * @param length how many are wanted
	 * @return how many there were, at most as many as are wanted
	 */
	int poll(byte[] target, int offset, int length) {
		int count = Math.min(length, this.size);
		int first = Math.min(count, this.bytes.length - this.head);
		System.arraycopy(this.bytes, this.head, target, offset, first);
		System.arraycopy(this.bytes, 0, target, offset + first, count - first);
		drop(count);
		return count;
	}

	private void drop(int count) {
		this.size -= count;
		this.head = (this.size == 0) ? 0 : (this.head + count) % this.bytes.length;
	}

	/**
	 * Forgets everything, and gives the memory back.
	 * @return how many bytes there were
	 */
	int clear() {
		int waiting = this.size;
		this.bytes = EMPTY;
		this.head = 0;
		this.size = 0;
		return waiting;
	}

}
