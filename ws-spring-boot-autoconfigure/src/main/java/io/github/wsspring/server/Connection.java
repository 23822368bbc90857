package io.github.wsspring.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.Frame;
import io.github.wsspring.transport.EventLoop;
import io.github.wsspring.transport.LoopMember;
import io.github.wsspring.transport.Transport;
import io.github.wsspring.transport.WriteQueue;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes between a transport and the present {@link Phase}, and frames into the
 * write queue. Belongs to one event loop.
 *
 * <pre>
 *   HandshakePhase --101--> OpenPhase --both closed--> LingerPhase --> closed
 *        |                      |                           ^
 *        | refused              +--broken, dropped----------|--------> closed
 *        +--------------------------------------------------+
 * </pre>
 */
final class Connection implements Transport.Readiness, LoopMember {

	private static final byte[] EMPTY = {};

	/** How many full buffers are read before it is the others' turn. */
	private static final int MAX_READS = 4;

	private final EventLoop loop;

	private final ServerContext context;

	private final WriteQueue queue;

	private Transport transport;

	private Phase phase;

	/** Bytes that arrived but that nobody wanted to take yet. */
	private byte[] unread = EMPTY;

	private Input input = Input.OPEN;

	/** Whether the socket took less than it was offered. */
	private boolean blocked;

	/** When the socket last took something, or was first offered something. */
	private long lastProgress;

	/** Whether a flush will come in this turn anyway. */
	private boolean flushing;

	private boolean closed;

	private int slot;

	// the transport and the phase need the connection, and follow at once
	@SuppressWarnings("NullAway.Init")
	private Connection(EventLoop loop, ServerContext context) {
		this.loop = loop;
		this.context = context;
		this.queue = loop.newWriteQueue();
	}

	/**
	 * Begins with a connection.
	 * @param loop the loop that it will belong to, which is the caller
	 * @param context what all connections share
	 * @param transports makes the connection's transport
	 * @param phases makes its first phase
	 * @throws IOException if the connection is gone already
	 */
	static Connection open(EventLoop loop, ServerContext context, TransportFactory transports,
			Function<Connection, Phase> phases) throws IOException {
		Connection connection = new Connection(loop, context);
		connection.transport = transports.open(connection);
		connection.phase = phases.apply(connection);
		connection.lastProgress = loop.now();
		loop.add(connection);
		return connection;
	}

	EventLoop loop() {
		return this.loop;
	}

	ServerContext context() {
		return this.context;
	}

	InetSocketAddress remoteAddress() {
		return this.transport.remoteAddress();
	}

	boolean isClosed() {
		return this.closed;
	}

	boolean isIn(Phase phase) {
		return this.phase == phase;
	}

	/**
	 * The server is shutting down: come to an end soon.
	 * @param status what to tell a peer that has a session
	 */
	void shutDown(CloseStatus status) {
		if (!this.closed) {
			this.phase.shutDown(status);
		}
	}

	void become(Phase next) {
		this.phase = next;
		tickSoon();
	}

	/**
	 * Has the phase's tick called in the next sweep: one of its times may be earlier than
	 * it has said.
	 */
	void tickSoon() {
		this.loop.tickSoon(this);
	}

	@Override
	public void onReadable() {
		// who has filled the buffer has sent more, which is cheapest to read now
		for (int reads = 0; reads < MAX_READS && this.input == Input.OPEN && !this.closed; reads++) {
			if (!read()) {
				return;
			}
		}
	}

	/**
	 * Takes what is there, and answers it.
	 * @return whether there is likely to be more
	 */
	private boolean read() {
		boolean full = false;
		this.flushing = true;
		try {
			ByteBuffer buffer = this.loop.readBuffer();
			int length = this.transport.read(buffer);
			full = !buffer.hasRemaining();
			if (length > 0) {
				receive(buffer.array(), length);
			}
			else if (length < 0) {
				this.input = Input.ENDED;
				updateInterest();
				this.phase.ended();
			}
		}
		catch (IOException ex) {
			breakOff(ex);
		}
		catch (Throwable ex) {
			fail("reading from " + this.transport, ex);
		}
		flush();
		return full && !this.blocked;
	}

	private void receive(byte[] bytes, int length) {
		int at = 0;
		while (at < length && this.input != Input.PAUSED && !this.closed) {
			at = this.phase.received(bytes, at, length);
		}
		if (at < length && !this.closed) {
			this.unread = Arrays.copyOfRange(bytes, at, length);
		}
	}

	/**
	 * Takes no bytes from the peer until {@link #resumeReading()}.
	 */
	void pauseReading() {
		if (this.input == Input.OPEN) {
			this.input = Input.PAUSED;
			updateInterest();
		}
	}

	/**
	 * Takes bytes from the peer again, at first those that had arrived before.
	 */
	void resumeReading() {
		if (this.input != Input.PAUSED || this.closed) {
			return;
		}
		this.input = Input.OPEN;
		// from now on its silence means something
		tickSoon();
		if (this.unread.length > 0) {
			byte[] bytes = this.unread;
			this.unread = EMPTY;
			try {
				receive(bytes, bytes.length);
			}
			catch (Throwable ex) {
				fail("reading from " + this.transport, ex);
			}
		}
		updateInterest();
	}

	boolean isReadingPaused() {
		return this.input == Input.PAUSED;
	}

	private void updateInterest() {
		if (!this.closed) {
			this.transport.interest(this.input == Input.OPEN, this.blocked);
		}
	}

	/**
	 * Writes a frame after those that were written before.
	 * @param frame the frame
	 * @param receipt told what becomes of it, {@code null} if nobody wants to know
	 */
	void write(Frame frame, WriteQueue.@Nullable Receipt receipt) {
		ByteBuffer room = (receipt == null) ? room(frame) : null;
		if (room != null) {
			frame.writeTo(room);
		}
		else {
			this.queue.add(frame.header(), frame.payload(), receipt);
		}
		touch();
	}

	/**
	 * Writes a control frame before all data that waits.
	 * @param frame the frame
	 */
	void writeUrgent(Frame frame) {
		ByteBuffer room = room(frame);
		if (room != null) {
			frame.writeTo(room);
		}
		else {
			this.queue.addUrgent(frame.header(), frame.payload());
		}
		touch();
	}

	/** Who cannot flush at the end of the turn must not hold the loop's one batch. */
	private @Nullable ByteBuffer room(Frame frame) {
		return (this.blocked || this.closed) ? null : this.queue.room(frame.size());
	}

	/**
	 * Writes bytes that are no frame.
	 * @param bytes the bytes
	 */
	void write(byte[] bytes) {
		this.queue.add(bytes, EMPTY, null);
		touch();
	}

	/**
	 * Makes room by dropping data that has not begun to be written.
	 * @param bytes how many bytes to get rid of
	 * @return how many bytes were dropped
	 */
	int dropOldest(int bytes) {
		return this.queue.dropOldest(bytes);
	}

	/**
	 * Has nobody flush but the caller, who must.
	 * @return {@code false} if somebody else will anyway, in this turn
	 */
	boolean holdFlush() {
		if (this.flushing || this.closed) {
			return false;
		}
		this.flushing = true;
		return true;
	}

	private void touch() {
		if (!this.flushing && !this.blocked) {
			this.flushing = true;
			this.loop.touch(this);
		}
	}

	@Override
	public void onWritable() {
		writeQueued();
	}

	@Override
	public void flush() {
		this.flushing = false;
		if (!this.blocked) {
			writeQueued();
		}
	}

	private void writeQueued() {
		if (this.closed) {
			return;
		}
		try {
			boolean wasBlocked = this.blocked;
			long before = this.queue.written();
			WriteQueue.Outcome outcome = this.queue.flush(this.transport);
			int written = (int) (this.queue.written() - before);
			this.blocked = outcome == WriteQueue.Outcome.BLOCKED;
			if (written > 0 || !wasBlocked) {
				this.lastProgress = this.loop.now();
				this.phase.written(written);
			}
			updateInterest();
			switch (outcome) {
				case DRAINED -> this.phase.drained();
				case MORE -> touch();
				case BLOCKED -> {
					if (!wasBlocked) {
						tickSoon();
					}
				}
			}
		}
		catch (IOException ex) {
			breakOff(ex);
		}
		catch (Throwable ex) {
			fail("writing to " + this.transport, ex);
		}
	}

	/**
	 * Whether the socket is likely to take something now.
	 * @return {@code false} if what is written has to wait, or is lost
	 */
	boolean isReceptive() {
		return !this.blocked && this.queue.isEmpty() && this.transport.isOpen();
	}

	/**
	 * Whether the socket takes no more at present.
	 * @return {@code true} if what is written now will have to wait
	 */
	boolean isBlocked() {
		return this.blocked;
	}

	/**
	 * How long the socket has taken nothing although there was something to take.
	 * @param now the present time
	 * @return nanoseconds, 0 if nothing waits
	 */
	long stalledFor(long now) {
		return this.blocked ? now - this.lastProgress : 0;
	}

	/**
	 * Has {@link #stalledFor} count from now: the fault was ours.
	 */
	void excuseStall() {
		this.lastProgress = this.loop.now();
	}

	/**
	 * Tells the peer that no more bytes will come.
	 */
	void shutdownOutput() {
		try {
			this.transport.shutdownOutput();
		}
		catch (IOException ex) {
			breakOff(ex);
		}
	}

	/**
	 * Ends the connection after what is queued was written, in such a way that the peer
	 * can read it all.
	 */
	void finish() {
		if (this.closed || this.phase instanceof LingerPhase) {
			return;
		}
		become(new LingerPhase(this, this.input == Input.ENDED));
		this.unread = EMPTY;
		resumeReading();
		touch();
	}

	/**
	 * Drops the connection at once.
	 */
	void breakOff() {
		breakOff(null);
	}

	private void breakOff(@Nullable IOException cause) {
		if (!this.closed) {
			try {
				this.phase.broken(cause);
			}
			finally {
				close();
			}
		}
	}

	/**
	 * Reports a failure of ours, and drops the connection, of which nothing is known any
	 * more.
	 * @param what what was done
	 * @param failure what was thrown
	 */
	void fail(String what, Throwable failure) {
		this.context.listener().engineFailed(what, failure);
		breakOff();
	}

	/**
	 * Closes the socket and forgets what was not written.
	 */
	void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.unread = EMPTY;
		this.queue.discard();
		this.loop.remove(this);
		InetSocketAddress peer = this.transport.remoteAddress();
		this.transport.close();
		this.context.admission().release(peer.getAddress());
	}

	@Override
	public long tick(long now) {
		return this.phase.tick(now);
	}

	@Override
	public int slot() {
		return this.slot;
	}

	@Override
	public void slot(int slot) {
		this.slot = slot;
	}

	@Override
	public String toString() {
		return this.transport + ", " + this.phase + (this.closed ? ", closed" : "");
	}

	/** What comes from the peer. */
	private enum Input {

		/** Bytes are taken as they arrive. */
		OPEN,

		/** Bytes are left in the socket. */
		PAUSED,

		/** No more bytes will come. */
		ENDED

	}

	/** Makes the transport of a connection. */
	@FunctionalInterface
	interface TransportFactory {

		Transport open(Transport.Readiness readiness) throws IOException;

	}

}
