package io.github.wsspring.transport;

/**
 * Something that lives on an event loop. All calls come on the loop's thread.
 */
public interface LoopMember {

	/**
	 * The loop's sweep: look whether a time is over.
	 * @param now {@link EventLoop#now()}
	 */
	void tick(long now);

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
