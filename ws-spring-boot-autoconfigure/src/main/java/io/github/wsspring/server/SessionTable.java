package io.github.wsspring.server;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * All sessions of a server, found by their numbers, at a cost of five to eleven bytes for
 * each: idle sessions are many, and a node of a map is a tenth of one.
 * <p>
 * Safe for all threads. As numbers are given one after the other, a session nearly always
 * stands where its number says. Whoever walks over the table sees the sessions that are
 * there all the time once, and others or not.
 */
final class SessionTable extends AbstractCollection<Session> {

	private static final int STRIPES = 16;

	private final Stripe[] stripes = new Stripe[STRIPES];

	private final AtomicInteger size = new AtomicInteger();

	SessionTable() {
		for (int i = 0; i < STRIPES; i++) {
			this.stripes[i] = new Stripe();
		}
	}

	private Stripe stripe(long number) {
		return this.stripes[(int) number & (STRIPES - 1)];
	}

	/**
	 * Adds a session that is not there.
	 */
	void put(LiveSession session) {
		stripe(session.number()).put(session);
		this.size.incrementAndGet();
	}

	/**
	 * Removes a session if it is there.
	 */
	void remove(LiveSession session) {
		if (stripe(session.number()).remove(session)) {
			this.size.decrementAndGet();
		}
	}

	@Nullable LiveSession find(long number) {
		return stripe(number).find(number);
	}

	@Override
	public int size() {
		return this.size.get();
	}

	@Override
	public boolean contains(@Nullable Object session) {
		return session instanceof LiveSession live && find(live.number()) == live;
	}

	/** The numbers of a stripe differ in what is left of them here. */
	private static int place(long number, int capacity) {
		return (int) (number / STRIPES) & (capacity - 1);
	}

	/** Walks over copies of the stripes, each made when its turn has come. */
	@Override
	public Iterator<Session> iterator() {
		return new Iterator<>() {

			private int stripe;

			private Iterator<LiveSession> here = List.<LiveSession>of().iterator();

			@Override
			public boolean hasNext() {
				while (!this.here.hasNext() && this.stripe < STRIPES) {
					this.here = SessionTable.this.stripes[this.stripe++].copy().iterator();
				}
				return this.here.hasNext();
			}

			@Override
			public Session next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				return this.here.next();
			}

		};
	}

	/** An open hash table with linear probing, never more than three quarters full. */
	private static final class Stripe {

		private static final int MIN_CAPACITY = 8;

		private @Nullable LiveSession[] slots = new LiveSession[MIN_CAPACITY];

		private int count;

		synchronized void put(LiveSession session) {
			if (4 * (this.count + 1) > 3 * this.slots.length) {
				resize(2 * this.slots.length);
			}
			insert(session);
			this.count++;
		}

		private void insert(LiveSession session) {
			int at = place(session.number(), this.slots.length);
			while (this.slots[at] != null) {
				at = next(at);
			}
			this.slots[at] = session;
		}

		private int next(int at) {
			return (at + 1) & (this.slots.length - 1);
		}

		private void resize(int capacity) {
			@Nullable LiveSession[] before = this.slots;
			this.slots = new LiveSession[capacity];
			for (LiveSession session : before) {
				if (session != null) {
					insert(session);
				}
			}
		}

		synchronized @Nullable LiveSession find(long number) {
			int at = place(number, this.slots.length);
			LiveSession found = this.slots[at];
			while (found != null && found.number() != number) {
				at = next(at);
				found = this.slots[at];
			}
			return found;
		}

		synchronized boolean remove(LiveSession session) {
			int at = place(session.number(), this.slots.length);
			while (this.slots[at] != session) {
				if (this.slots[at] == null) {
					return false;
				}
				at = next(at);
			}
			this.slots[at] = null;
			closeGap(at);
			this.count--;
			if (8 * this.count < this.slots.length && this.slots.length > MIN_CAPACITY) {
				resize(this.slots.length / 2);
			}
			return true;
		}

		/** What follows would not be found any more behind an empty slot. */
		private void closeGap(int gap) {
			int at = next(gap);
			for (LiveSession session = this.slots[at]; session != null; session = this.slots[at]) {
				this.slots[at] = null;
				insert(session);
				at = next(at);
			}
		}

		synchronized List<LiveSession> copy() {
			LiveSession[] copy = new LiveSession[this.count];
			int length = 0;
			for (LiveSession session : this.slots) {
				if (session != null) {
					copy[length++] = session;
				}
			}
			return List.of(copy);
		}

	}

}
