package io.github.wsspring.transport;

/**
 * Something that lives on an event loop. All calls come on the loop's thread.
 */
public interface LoopMember {

	/** What a member that keeps no time at present returns from {@link #tick}. */
	long NEVER = Long.MAX_VALUE;

	/**
	 * The loop's sweep: look whether a time is over. Called in the first sweep, then in
	 * the first one after the time that it said itself, and sooner after
	 * {@link EventLoop#tickSoon(LoopMember)} or a pause of the loop.
	 * @param now {@link EventLoop#now()}
	 * @return for how many nanoseconds there will be nothing to look at, 0 to be called
	 * in the next sweep; a member that fails is called then, too
	 */
	long tick(long now);

	/**
	 * The end of a turn in which the member asked for this by
	 * {@link EventLoop#touch(LoopMember)}: write what is queued.
	 */
	void flush();

	/**
	 * Where the loop keeps this member.
	 * @return what {@link #slot(int)} was last called with
	 */
	int slot();

	/**
	 * Remembers where the loop keeps this member.
	 * @param slot the loop's own number
	 */
	void slot(int slot);

}
