package io.github.wsspring.transport;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The members of an event loop, each with the time of its next tick. Belongs to the loop.
 * <p>
 * The times lie side by side: where nothing is due a sweep reads eight bytes of each
 * member, and none of its objects.
 */
final class Members {

	/** Longer than any process runs, and short enough to compare its end with others. */
	private static final long MAX_WAIT = Long.MAX_VALUE / 2;

	private static final int MIN_GROWTH = 16;

	private final BiConsumer<LoopMember, Throwable> failures;

	private @Nullable LoopMember[] members = {};

	/** By slots, as the members. */
	private long[] due = {};

	private int size;

	/**
	 * Begins without members.
	 * @param failures told of members whose tick failed; must not throw
	 */
	Members(BiConsumer<LoopMember, Throwable> failures) {
		this.failures = failures;
	}

	/**
	 * Adds a member.
	 * @param member the member
	 * @param due when it is to be ticked for the first time
	 */
	void add(LoopMember member, long due) {
		if (this.size == this.due.length) {
			// most of it is used, as this is part of what an idle connection costs
			int capacity = this.size + this.size / 8 + MIN_GROWTH;
			this.members = Arrays.copyOf(this.members, capacity);
			this.due = Arrays.copyOf(this.due, capacity);
		}
		put(this.size++, member, due);
	}

	/**
	 * Removes a member; the last one takes its slot.
	 * @param member a member
	 */
	void remove(LoopMember member) {
		int last = --this.size;
		LoopMember moved = get(last);
		if (moved != member) {
			put(member.slot(), moved, this.due[last]);
		}
		this.members[last] = null;
	}

	private void put(int slot, LoopMember member, long due) {
		this.members[slot] = member;
		this.due[slot] = due;
		member.slot(slot);
	}

	private LoopMember get(int slot) {
		return Objects.requireNonNull(this.members[slot]);
	}

	/**
	 * Has a member be ticked at a certain time, if it would be later.
	 * @param member anybody; does nothing for those who are no members
	 * @param time the time
	 */
	void hasten(LoopMember member, long time) {
		int slot = member.slot();
		if (slot < this.size && this.members[slot] == member && time - this.due[slot] < 0) {
			this.due[slot] = time;
		}
	}

	/**
	 * Has all members be ticked at a certain time.
	 * @param time the time
	 */
	void hastenAll(long time) {
		Arrays.fill(this.due, 0, this.size, time);
	}

	/**
	 * Ticks those whose time has come.
	 * @param now the present time
	 */
	void sweep(long now) {
		// from the end: a member that leaves is replaced by one that was looked at
		int slot = this.size;
		while ((slot = lastDue(Math.min(slot, this.size), now)) >= 0) {
			tick(get(slot), now);
		}
	}

	/** The last slot before an end whose time has come, -1 if there is none. */
	private int lastDue(int end, long now) {
		long[] times = this.due;
		int slot = end - 1;
		while (slot >= 0 && now - times[slot] < 0) {
			slot--;
		}
		return slot;
	}

	private void tick(LoopMember member, long now) {
		// what it asks for in the meantime counts as well
		this.due[member.slot()] = now + MAX_WAIT;
		long wait = 0;
		try {
			wait = member.tick(now);
		}
		catch (Throwable ex) {
			this.failures.accept(member, ex);
		}
		hasten(member, now + wait);
	}

	/**
	 * All members.
	 * @return a copy
	 */
	List<LoopMember> toList() {
		return Arrays.asList(Arrays.copyOf(this.members, this.size));
	}

	int size() {
		return this.size;
	}

}
