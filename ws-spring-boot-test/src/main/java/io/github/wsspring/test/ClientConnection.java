package io.github.wsspring.test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.test.Arrival.Close;
import io.github.wsspring.test.Arrival.Ping;
import io.github.wsspring.test.Arrival.Pong;
import org.jspecify.annotations.Nullable;

/**
 * Frames over a link: reads while somebody waits, keeps what nobody has asked for yet,
 * and answers pings and the close frame. Used by one thread.
 */
final class ClientConnection {

	/** While something besides the link is waited for, how long to look at the link. */
	private static final Duration SLICE = Duration.ofMillis(2);

	private final ClientLink link;

	private final Duration timeout;

	private final ClientCodec codec = new ClientCodec();

	private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);

	private final Queue<Arrival> inbox = new ArrayDeque<>();

	private final Deque<byte[]> pongs = new ArrayDeque<>();

	private @Nullable CloseStatus end;

	private boolean closeSent;

	private boolean linkClosed;

	ClientConnection(ClientLink link, Duration timeout) {
		this.link = link;
		this.timeout = timeout;
	}

	Duration timeout() {
		return this.timeout;
	}

	/** How the connection ended, {@code null} if it has not. */
	@Nullable CloseStatus end() {
		return this.end;
	}

	/** Whether nothing more is going to be said. */
	boolean isOver() {
		return this.linkClosed;
	}

	/** Whether something has come that nobody has asked for. */
	boolean hasArrival() {
		return !this.inbox.isEmpty();
	}

	/**
	 * Reads the head of the answer to the upgrade.
	 * @return status line and headers
	 */
	String readHead() {
		StringBuilder head = new StringBuilder();
		long deadline = deadline();
		while (true) {
			if (read(left(deadline)) < 0) {
				throw new AssertionError("The server ended the connection without an answer to the upgrade"
						+ (head.isEmpty() ? "" : ", only with: " + Words.shorten(head.toString())));
			}
			while (this.buffer.hasRemaining()) {
				head.append((char) (this.buffer.get() & 0xff));
				if (head.toString().endsWith("\r\n\r\n")) {
					return head.toString();
				}
			}
			if (left(deadline).isZero()) {
				throw new AssertionError("The server did not answer the upgrade within " + Words.of(this.timeout));
			}
		}
	}

	/**
	 * Reads what follows the head of a refusal, up to the end.
	 * @return the body
	 */
	String readBody() {
		StringBuilder body = new StringBuilder();
		long deadline = deadline();
		do {
			body.append(StandardCharsets.UTF_8.decode(this.buffer));
		}
		while (read(left(deadline)) >= 0 && !left(deadline).isZero());
		return body.toString().strip();
	}

	/** Begins with what came right after the head. */
	void upgraded() {
		this.codec.feed(this.buffer);
		dispatch();
	}

	/**
	 * Writes bytes as they are.
	 * @param bytes the bytes
	 * @throws IOException if the server takes no more, ever
	 */
	void write(byte[] bytes) throws IOException {
		long deadline = deadline();
		for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining();) {
			if (this.link.write(rest, left(deadline)) == 0 && left(deadline).isZero()) {
				throw new AssertionError("The server took no bytes for " + Words.of(this.timeout)
						+ ": have its handlers caught up with what was sent before?");
			}
		}
	}

	void writeFrame(int opcode, byte[] payload) throws IOException {
		write(ClientCodec.frame(opcode, payload, ThreadLocalRandom.current().nextInt()));
	}

	/**
	 * Sends a message.
	 * @param opcode text or binary
	 * @param payload its bytes
	 * @param what what it is, for people
	 */
	void send(int opcode, byte[] payload, String what) {
		if (this.end == null && !this.closeSent) {
			try {
				writeFrame(opcode, payload);
				return;
			}
			catch (IOException ex) {
				awaitEnd();
			}
		}
		String how = this.closeSent ? " by this client" : (this.end != null) ? " with " + Words.of(this.end) : "";
		throw new AssertionError("Cannot send " + what + ": the session was closed" + how);
	}

	/**
	 * The next message, or the end.
	 * @return what came, {@code null} if nothing did in time
	 */
	@Nullable Arrival next() {
		readUntil(this::hasArrival, deadline());
		return this.inbox.poll();
	}

	/** What has come and nobody has asked for, {@code null} if there is nothing. */
	@Nullable Arrival poll() {
		return this.inbox.poll();
	}

	/**
	 * Sends a ping and waits for its pong; by then the server has received all that was
	 * sent before.
	 * @param payload at most 125 bytes, unlike those of other pings
	 * @return whether the pong came before the time was over, and before the end
	 */
	boolean roundTrip(byte[] payload) {
		try {
			writeFrame(ClientCodec.PING, payload);
		}
		catch (IOException ex) {
			awaitEnd();
			return false;
		}
		return readUntil(() -> this.pongs.removeIf((pong) -> Arrays.equals(pong, payload)), deadline());
	}

	/** Reads until the end, or the time is over. */
	void awaitEnd() {
		readUntil(() -> false, deadline());
	}

	/**
	 * Reads until something else has happened, too, or the end.
	 * @param condition what is waited for
	 * @param deadline when the time is over
	 * @return whether it has happened
	 */
	boolean readUntil(BooleanSupplier condition, long deadline) {
		boolean met;
		while (!(met = condition.getAsBoolean()) && this.end == null && !left(deadline).isZero()) {
			receive(left(deadline));
		}
		return met;
	}

	/**
	 * The same for what does not come over the link, and so does not wake us.
	 * @param condition what is waited for
	 * @param deadline when the time is over
	 * @return whether it has happened
	 */
	boolean readWhile(BooleanSupplier condition, long deadline) {
		boolean met;
		while (!(met = condition.getAsBoolean()) && !left(deadline).isZero()) {
			if (this.end == null) {
				receive(SLICE);
			}
			else {
				LockSupport.parkNanos(SLICE.toNanos());
			}
		}
		return met;
	}

	/** Reads what is there already. */
	void readAvailable() {
		while (this.end == null && receive(Duration.ZERO)) {
			// there may be more
		}
	}

	/** Returns whether anything came. */
	private boolean receive(Duration timeout) {
		int count = read(timeout);
		if (count < 0) {
			ended(CloseStatus.ABNORMAL);
		}
		else if (count > 0) {
			this.codec.feed(this.buffer);
			dispatch();
		}
		return count != 0;
	}

	private int read(Duration timeout) {
		this.buffer.clear();
		try {
			return this.link.read(this.buffer, timeout);
		}
		catch (InterruptedIOException ex) {
			throw new AssertionError("The test was interrupted while it waited for the server", ex);
		}
		catch (IOException ex) {
			return -1;
		}
		finally {
			this.buffer.flip();
		}
	}

	private void dispatch() {
		for (Arrival arrival; this.end == null && (arrival = this.codec.next()) != null;) {
			if (arrival instanceof Ping ping) {
				answer(ClientCodec.PONG, ping.payload());
			}
			else if (arrival instanceof Pong pong) {
				this.pongs.add(pong.payload());
			}
			else if (arrival instanceof Close close) {
				if (!this.closeSent) {
					answer(ClientCodec.CLOSE, ClientCodec.closePayload(close.status()));
				}
				ended(close.status());
			}
			else {
				this.inbox.add(arrival);
			}
		}
	}

	private void answer(int opcode, byte[] payload) {
		try {
			writeFrame(opcode, payload);
		}
		catch (IOException ex) {
			// who has gone needs no answer, and the end will be read
		}
	}

	private void ended(CloseStatus status) {
		this.end = status;
		this.inbox.add(new Close(status));
		closeLink();
	}

	/**
	 * Closes the session, unless it is closed, and waits for the server to agree.
	 * @param status what to tell it
	 */
	void close(CloseStatus status) {
		if (this.end == null && !this.closeSent) {
			this.closeSent = true;
			answer(ClientCodec.CLOSE, ClientCodec.closePayload(status));
			awaitEnd();
		}
		closeLink();
	}

	private void closeLink() {
		this.linkClosed = true;
		this.link.close();
	}

	/** Ends the connection without a close frame. */
	void drop() {
		if (!this.linkClosed) {
			this.linkClosed = true;
			this.closeSent = true;
			this.link.reset();
		}
	}

	long deadline() {
		return System.nanoTime() + this.timeout.toNanos();
	}

	static Duration left(long deadline) {
		return Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0));
	}

}
