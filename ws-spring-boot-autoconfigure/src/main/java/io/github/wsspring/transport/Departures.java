package io.github.wsspring.transport;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes channels after their selector has let go of them. Belongs to one event loop.
 * <p>
 * A channel that is closed while a selector still holds it is shut down first, and closed
 * by the selector: that tells a peer at once, and costs two system calls more. Here come
 * those whose peer was told before.
 *
 * <pre>
 *   add(key) --next select: selector lets go--> afterSelect(): closed
 * </pre>
 */
final class Departures {

	/** Their descriptors count as free, and are soon. */
	private static final int MANY = 64;

	/** Cancelled since the present or last select began. */
	private List<Channel> cancelled = new ArrayList<>();

	/** Cancelled before that. */
	private List<Channel> leaving = new ArrayList<>();

	/**
	 * Cancels a key, and closes its channel after the next select.
	 * @param key the key
	 */
	void add(SelectionKey key) {
		key.cancel();
		this.cancelled.add(key.channel());
	}

	/** A select begins, and lets go of what was cancelled before. */
	void beforeSelect() {
		List<Channel> next = this.cancelled;
		this.cancelled = this.leaving;
		this.leaving = next;
	}

	/** Whether there are too many for the present select to take its time. */
	boolean areMany() {
		return this.leaving.size() > MANY;
	}

	/** A select is over. */
	void afterSelect() {
		for (int i = 0; i < this.leaving.size(); i++) {
			try {
				this.leaving.get(i).close();
			}
			catch (IOException ex) {
				// the descriptor is gone either way
			}
		}
		this.leaving.clear();
	}

}
