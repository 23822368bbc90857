package io.github.wsspring.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Keeps compressors and decompressors between messages: each holds memory outside of the
 * heap, and making one takes longer than compressing a small message. Safe from any
 * thread.
 */
public final class DeflatePool {

	/** Compressors by their level, from -1 to 9. */
	private final Shelf<Deflater>[] deflaters;

	private final Shelf<Inflater> inflaters;

	private final AtomicInteger live = new AtomicInteger();

	/**
	 * Creates an empty pool.
	 * @param capacity how many of each kind are kept
	 */
	public DeflatePool(int capacity) {
		@SuppressWarnings({ "unchecked", "rawtypes" })
		Shelf<Deflater>[] shelves = new Shelf[Deflater.BEST_COMPRESSION + 2];
		for (int i = 0; i < shelves.length; i++) {
			shelves[i] = new Shelf<>(capacity, Deflater::end);
		}
		this.deflaters = shelves;
		this.inflaters = new Shelf<>(capacity, Inflater::end);
	}

	Deflater borrowDeflater(int level) {
		Deflater kept = this.deflaters[level + 1].take();
		if (kept != null) {
			return kept;
		}
		this.live.incrementAndGet();
		return new Deflater(level, true);
	}

	void giveBack(Deflater deflater, int level) {
		deflater.reset();
		if (!this.deflaters[level + 1].keep(deflater)) {
			this.live.decrementAndGet();
		}
	}

	Inflater borrowInflater() {
		Inflater kept = this.inflaters.take();
		if (kept != null) {
			return kept;
		}
		this.live.incrementAndGet();
		return new Inflater(true);
	}

	void giveBack(Inflater inflater) {
		inflater.reset();
		if (!this.inflaters.keep(inflater)) {
			this.live.decrementAndGet();
		}
	}

	/**
	 * How many there are, kept and lent.
	 * @return the number at present
	 */
	public int live() {
		return this.live.get();
	}

	/**
	 * Ends those that are kept. Those that are lent end when they come back.
	 */
	public void close() {
		int ended = this.inflaters.close();
		for (Shelf<Deflater> shelf : this.deflaters) {
			ended += shelf.close();
		}
		this.live.addAndGet(-ended);
	}

	private static final class Shelf<T> {

		private final Deque<T> kept = new ArrayDeque<>();

		private final Consumer<T> end;

		private int capacity;

		Shelf(int capacity, Consumer<T> end) {
			this.capacity = capacity;
			this.end = end;
		}

		synchronized @Nullable T take() {
			return this.kept.poll();
		}

		/** Keeps an item, or ends it if there is no room. */
		boolean keep(T item) {
			if (push(item)) {
				return true;
			}
			this.end.accept(item);
			return false;
		}

		private synchronized boolean push(T item) {
			if (this.kept.size() >= this.capacity) {
				return false;
			}
			this.kept.push(item);
			return true;
		}

		synchronized int close() {
			int ended = this.kept.size();
			this.capacity = 0;
			this.kept.forEach(this.end);
			this.kept.clear();
			return ended;
		}

	}

}
