package io.github.wsspring.server;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Hands the messages of a session that are wanted as streams over to their readers, and
 * has reading from the peer paused while too many of their bytes wait.
 * <p>
 * Filled by the session's event loop, which never waits but for a reader that copies
 * bytes; emptied by the threads that read.
 */
final class StreamIntake {

	/** With so many bytes waiting for a message's reader, no more are read. */
	static final int CAPACITY = 64 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Consumer<MessageStream> delivery;

	private final Runnable resume;

	private final @Nullable PingProbe probe;

	/**
	 * How many bytes of all messages of the session may wait. Those that are handled
	 * beside the last one may all wait for it, each with what arrived in excess of its
	 * own capacity, so they must not use up its room.
	 */
	private final int capacityOfAll;

	/** The message whose end has not come yet; changed by the loop, with the lock. */
	private @Nullable MessageStream arriving;

	/** Whether the handler was told of the message that is arriving. */
	private boolean delivered;

	/** Whether the message may be a ping of the application's. */
	private boolean probing;

	private int waiting;

	private int peak;

	private boolean full;

	/**
	 * Begins with no message.
	 * @param ping the text that is none for the handler, {@code null} if there is none
	 * @param concurrency how many messages may be handled at a time
	 * @param delivery takes each message when its first bytes are there, on the loop
	 * @param resume has reading go on, from any thread
	 */
	StreamIntake(@Nullable ApplicationPing ping, int concurrency, Consumer<MessageStream> delivery, Runnable resume) {
		this.probe = (ping != null) ? ping.probe() : null;
		this.capacityOfAll = (int) Math.min(CAPACITY * (3L * concurrency - 2), Integer.MAX_VALUE);
		this.delivery = delivery;
		this.resume = resume;
	}

	ReentrantLock lock() {
		return this.lock;
	}

	/**
	 * A message begins.
	 * @param text whether it is text
	 */
	void begin(boolean text) {
		this.delivered = false;
		this.probing = text && this.probe != null;
		if (this.probe != null) {
			this.probe.reset();
		}
		this.lock.lock();
		try {
			this.arriving = new MessageStream(text, this);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A part of the message arrived, which is not empty.
	 * @param bytes holds the part
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @return {@code false} if reading is to pause
	 */
	boolean part(byte[] bytes, int from, int to) {
		MessageStream message = this.arriving;
		if (message == null) {
			// the session ended in the midst of what it was given
			return true;
		}
		boolean more = add(message, bytes, from, to);
		this.probing = this.probing && this.probe != null && this.probe.matchesSoFar(bytes, from, to);
		if (!this.probing) {
			deliver(message);
		}
		// unless that has ended the session, whose close frame is to be answered
		return more || this.arriving == null;
	}

	private boolean add(MessageStream message, byte[] bytes, int from, int to) {
		this.lock.lock();
		try {
			this.waiting += message.add(bytes, from, to);
			this.peak = Math.max(this.peak, this.waiting);
			this.full = message.size() >= CAPACITY || this.waiting >= this.capacityOfAll;
			return !this.full;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void deliver(MessageStream message) {
		if (!this.delivered) {
			this.delivered = true;
			this.delivery.accept(message);
		}
	}

	/**
	 * The message is complete.
	 * @return {@code true} if it was a ping of the application's, and is to be answered
	 * as that
	 */
	boolean end() {
		MessageStream message = this.arriving;
		if (message == null) {
			return false;
		}
		boolean ping = this.probing && this.probe != null && this.probe.matches();
		this.lock.lock();
		try {
			this.arriving = null;
			if (ping) {
				this.waiting -= message.abort(CloseStatus.NORMAL);
			}
			else {
				message.complete();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (!ping) {
			deliver(message);
		}
		return ping;
	}

	/**
	 * The rest of the message will not come.
	 * @param status how the session ends
	 */
	void abort(CloseStatus status) {
		this.lock.lock();
		try {
			if (this.arriving != null) {
				this.waiting -= this.arriving.abort(status);
				this.arriving = null;
				this.full = false;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Bytes wait no more. To be called without the lock, from any thread.
	 * @param bytes how many
	 */
	void released(int bytes) {
		boolean roomAgain;
		this.lock.lock();
		try {
			this.waiting -= bytes;
			roomAgain = this.full && this.waiting <= this.capacityOfAll - CAPACITY / 2
					&& (this.arriving == null || this.arriving.size() <= CAPACITY / 2);
			this.full = this.full && !roomAgain;
		}
		finally {
			this.lock.unlock();
		}
		if (roomAgain) {
			this.resume.run();
		}
	}

	/**
	 * Whether a message is arriving. To be called by the loop.
	 */
	boolean isInMessage() {
		return this.arriving != null;
	}

	/**
	 * Whether reading has to wait for a reader.
	 * @return {@code true} if the intake will have it resumed
	 */
	boolean isFull() {
		this.lock.lock();
		try {
			return this.full;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many bytes have waited at most.
	 */
	int peak() {
		this.lock.lock();
		try {
			return this.peak;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		this.lock.lock();
		try {
			return this.waiting + " bytes waiting, " + this.peak + " at most" + (this.full ? ", full" : "");
		}
		finally {
			this.lock.unlock();
		}
	}

}
