package io.github.wsspring.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * A message that its handler reads while it arrives.
 * <p>
 * Reading blocks until there are bytes, the message has ended, or it is clear that the
 * rest will not come, whichever way its session ends: then it throws an
 * {@link IncompleteMessageException}, even if some bytes were not read yet. Whoever
 * interrupts the reader has it throw an {@link InterruptedIOException}. For one reader at
 * a time; {@link #close()} may come from any thread, and makes the rest be thrown away as
 * it arrives.
 * <p>
 * The stream is valid until the handler has returned, or the stage that it returned is
 * complete. It holds no monitor while it waits, so that a virtual thread can give its
 * carrier up.
 */
public final class MessageStream extends InputStream {

	private final boolean text;

	/** Its lock guards everything here. */
	private final StreamIntake intake;

	private final Condition changed;

	private final ByteRing waiting = new ByteRing();

	private State state = State.ARRIVING;

	/** How the session ends, if it did before the message was complete. */
	private @Nullable CloseStatus ending;

	MessageStream(boolean text, StreamIntake intake) {
		this.text = text;
		this.intake = intake;
		this.changed = intake.lock().newCondition();
	}

	/**
	 * Whether this is a text message.
	 * @return {@code true} if the bytes are UTF-8, as far as they have arrived
	 */
	public boolean isText() {
		return this.text;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		int count;
		this.intake.lock().lock();
		try {
			awaitBytes();
			checkReadable();
			count = this.waiting.poll(target, offset, length);
		}
		finally {
			this.intake.lock().unlock();
		}
		if (count == 0) {
			return -1;
		}
		this.intake.released(count);
		return count;
	}

	private void awaitBytes() throws InterruptedIOException {
		try {
			while (this.state == State.ARRIVING && this.waiting.size() == 0) {
				this.changed.await();
			}
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException("Interrupted while waiting for the rest of a message");
		}
	}

	private void checkReadable() throws IOException {
		switch (this.state) {
			case ARRIVING, COMPLETE -> {
			}
			case CLOSED -> throw new IOException("Stream closed");
			case OVER -> throw new IOException(
					"The message is over: its handler has returned. To read on later, return a CompletionStage that completes when all is read");
			case INCOMPLETE ->
				throw new IncompleteMessageException((this.ending != null) ? this.ending : CloseStatus.ABNORMAL, this);
		}
	}

	/**
	 * How many bytes can be read without waiting.
	 * @return the bytes that have arrived and were not read
	 * @throws IOException if nothing can be read any more
	 */
	@Override
	public int available() throws IOException {
		this.intake.lock().lock();
		try {
			checkReadable();
			return this.waiting.size();
		}
		finally {
			this.intake.lock().unlock();
		}
	}

	/**
	 * Has what was not read, and what still arrives, thrown away.
	 */
	@Override
	public void close() {
		leave(State.CLOSED);
	}

	/**
	 * The handler is done.
	 */
	void over() {
		leave(State.OVER);
	}

	private void leave(State next) {
		int released;
		this.intake.lock().lock();
		try {
			if (this.state == State.OVER || (this.state == State.CLOSED && next == State.CLOSED)) {
				return;
			}
			released = change(next);
		}
		finally {
			this.intake.lock().unlock();
		}
		this.intake.released(released);
	}

	/** Returns how many bytes were thrown away. To be called with the lock. */
	private int change(State next) {
		this.state = next;
		this.changed.signalAll();
		return (next == State.COMPLETE) ? 0 : this.waiting.clear();
	}

	/**
	 * Adds what arrived. To be called with the lock.
	 * @return how many bytes wait now because of this, 0 if nobody wants them
	 */
	int add(byte[] bytes, int from, int to) {
		if (this.state != State.ARRIVING) {
			return 0;
		}
		this.waiting.add(bytes, from, to);
		this.changed.signalAll();
		return to - from;
	}

	/**
	 * Nothing follows. To be called with the lock.
	 */
	void complete() {
		if (this.state == State.ARRIVING) {
			change(State.COMPLETE);
		}
	}

	/**
	 * The rest will not come. To be called with the lock.
	 * @param status how the session ends
	 * @return how many bytes were thrown away
	 */
	int abort(CloseStatus status) {
		if (this.state != State.ARRIVING) {
			return 0;
		}
		this.ending = status;
		return change(State.INCOMPLETE);
	}

	/**
	 * How many bytes wait. To be called with the lock.
	 */
	int size() {
		return this.waiting.size();
	}

	StreamIntake intake() {
		return this.intake;
	}

	@Override
	public String toString() {
		this.intake.lock().lock();
		try {
			return (this.text ? "text" : "binary") + " message, " + this.state + ", " + this.waiting.size()
					+ " bytes waiting";
		}
		finally {
			this.intake.lock().unlock();
		}
	}

	/**
	 * Where the message stands.
	 *
	 * <pre>
	 *   ARRIVING --last byte--> COMPLETE --close()--> CLOSED --handler done--> OVER
	 *      |   +----------------close()-----------------^
	 *      +--session ends--> INCOMPLETE
	 * </pre>
	 *
	 * and from each of them to OVER when the handler is done.
	 */
	private enum State {

		ARRIVING, COMPLETE, INCOMPLETE, CLOSED, OVER

	}

}
