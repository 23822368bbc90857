package io.github.wsspring.server;

import java.util.ArrayList;
import java.util.List;

import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.transport.EventLoop;

/**
 * What one event loop has to do for a message that goes to many sessions.
 * <p>
 * Runs as a task of the loop and never at once, so that several broadcasts of a turn are
 * written together. The last one that waits need not, and writes to a session while that
 * is at hand.
 */
final class LoopBroadcast implements Runnable {

	/**
	 * For how many sessions to look ahead. What a session needs lies in several places,
	 * which no cache has kept if there are thousands of sessions, and each write has the
	 * kernel use the caches for its own. By looking at many sessions in a row, with
	 * nothing in between that takes long, their memory is fetched at the same time.
	 */
	private static final int AHEAD = Long.SIZE;

	private final EventLoop loop;

	private final PreparedMessage message;

	private final List<LiveSession> receivers = new ArrayList<>();

	LoopBroadcast(EventLoop loop, PreparedMessage message) {
		this.loop = loop;
		this.message = message;
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Adds a session of the loop that has counted the message and expects it.
	 */
	void add(LiveSession receiver) {
		this.receivers.add(receiver);
	}

	@Override
	public void run() {
		boolean last = !this.loop.hasTasks();
		for (int from = 0; from < this.receivers.size(); from += AHEAD) {
			int to = Math.min(from + AHEAD, this.receivers.size());
			long receptive = lookAhead(from, to);
			for (int i = from; i < to; i++) {
				deliver(this.receivers.get(i), last && (receptive & 1L << (i - from)) != 0);
			}
		}
	}

	/** If it fails for one, the others have counted the message as well. */
	private void deliver(LiveSession receiver, boolean atOnce) {
		try {
			receiver.deliverFromOutside(receiver.prepare(this.message), atOnce);
		}
		catch (Throwable ex) {
			receiver.failed("sending a broadcast to", ex);
		}
	}

	/** A bit for each session to which something can be written now. */
	private long lookAhead(int from, int to) {
		long receptive = 0;
		for (int i = from; i < to; i++) {
			if (this.receivers.get(i).isReceptive()) {
				receptive |= 1L << (i - from);
			}
		}
		return receptive;
	}

	@Override
	public String toString() {
		return this.message + " to " + this.receivers.size() + " sessions";
	}

}
