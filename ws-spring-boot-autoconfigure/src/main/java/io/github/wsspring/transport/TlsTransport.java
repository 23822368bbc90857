package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The bytes of a connection inside of TLS 1.2 or 1.3; nobody else knows of TLS.
 *
 * <pre>
 *   reader <- read() <- unwrap <- [unread: half a record] <- wire
 *   writer -> write() -> wrap  -> [unsent: what the wire did not take] -> wire
 * </pre>
 *
 * Between two calls a connection owns no buffer but what is left over. While something is
 * unsent nothing is read: a peer must not make us produce answers that it does not take.
 */
final class TlsTransport implements Transport, Transport.Readiness {

	/** How many records in a row may carry no data, such as key updates. */
	private static final int MAX_EMPTY_RECORDS = 16;

	private static final byte[] NOTHING = {};

	private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

	private final SSLEngine engine;

	private final TlsBuffers buffers;

	private final Executor loop;

	private final Executor tasks;

	private final Readiness readiness;

	private Transport wire;

	private State state = State.HANDSHAKING;

	/** Encrypted bytes that are no whole record yet. */
	private byte[] unread = NOTHING;

	/** Encrypted bytes that the wire did not take yet. */
	private ByteBuffer unsent = NO_DATA;

	private int emptyRecords;

	private boolean wantsRead = true;

	private boolean wantsWrite;

	/**
	 * Begins as the server of a handshake.
	 * @param tls how
	 * @param buffers those of the loop
	 * @param loop the loop
	 * @param readiness called when there is something to read or room to write
	 */
	// the wire needs this transport, and follows at once
	@SuppressWarnings("NullAway.Init")
	TlsTransport(Tls tls, TlsBuffers buffers, Executor loop, Readiness readiness) {
		this.engine = tls.engines().get();
		this.buffers = buffers;
		this.loop = loop;
		this.tasks = tls.tasks();
		this.readiness = readiness;
	}

	/**
	 * Says where the encrypted bytes are.
	 * @param wire the transport that this one was given to for its readiness
	 */
	void attach(Transport wire) {
		this.wire = wire;
	}

	@Override
	public void onReadable() {
		this.readiness.onReadable();
	}

	@Override
	public void onWritable() {
		try {
			if (!flush()) {
				return;
			}
		}
		catch (IOException ex) {
			// the reader will meet the same failure, and tell
			this.unsent = NO_DATA;
		}
		updateInterest();
		if (this.wantsWrite && this.state.isEstablished()) {
			this.readiness.onWritable();
		}
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		if (this.state == State.SHUT_DOWN) {
			// nobody wants to know what it is
			return this.wire.read(target);
		}
		if (this.state == State.WORKING || !flush()) {
			return 0;
		}
		ByteBuffer encrypted = this.buffers.input().clear().put(this.unread);
		this.unread = NOTHING;
		int received = this.wire.read(encrypted);
		encrypted.flip();
		int before = target.position();
		try {
			unwrap(encrypted, target);
		}
		catch (SSLException ex) {
			sendAlert();
			throw ex;
		}
		keepUnread(encrypted);
		updateInterest();
		int produced = target.position() - before;
		boolean ended = received < 0 || this.engine.isInboundDone();
		return (produced == 0 && ended && this.state != State.WORKING) ? -1 : produced;
	}

	/** Takes records until there is no whole one, or something else has to be done. */
	private void unwrap(ByteBuffer encrypted, ByteBuffer target) throws IOException {
		while (prepareToUnwrap() && !this.engine.isInboundDone()) {
			SSLEngineResult result = this.engine.unwrap(encrypted, target);
			noteProgress(result);
			boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
			if (result.getStatus() != SSLEngineResult.Status.OK || (!moved && !isHandshaking(result))) {
				return;
			}
		}
	}

	private static boolean isHandshaking(SSLEngineResult result) {
		return result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
				|| result.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
	}

	/** Does what a handshake wants first; returns whether records can be taken now. */
	private boolean prepareToUnwrap() throws IOException {
		while (true) {
			switch (this.engine.getHandshakeStatus()) {
				case NEED_TASK -> {
					runTasks();
					return false;
				}
				case NEED_WRAP -> {
					if (!wrapHandshake()) {
						return false;
					}
				}
				default -> {
					return true;
				}
			}
		}
	}

	private void runTasks() {
		State before = this.state;
		this.state = State.WORKING;
		try {
			this.tasks.execute(() -> {
				for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine
					.getDelegatedTask()) {
					task.run();
				}
				this.loop.execute(() -> tasksDone(before));
			});
		}
		catch (RejectedExecutionException ex) {
			close();
		}
	}

	private void tasksDone(State before) {
		if (this.state == State.WORKING) {
			this.state = before;
			updateInterest();
			this.readiness.onReadable();
		}
	}

	/** Returns whether everything was taken. */
	private boolean wrapHandshake() throws IOException {
		ByteBuffer encrypted = this.buffers.output().clear();
		SSLEngineResult result = this.engine.wrap(NO_DATA, encrypted);
		noteProgress(result);
		return send(encrypted.flip()) && result.getStatus() == SSLEngineResult.Status.OK;
	}

	private void noteProgress(SSLEngineResult result) throws SSLException {
		if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && this.state == State.HANDSHAKING) {
			this.state = State.ESTABLISHED;
		}
		else if (this.state == State.ESTABLISHED) {
			checkNoRenegotiation(result.getHandshakeStatus());
			boolean empty = result.bytesConsumed() > 0 && result.bytesProduced() == 0;
			this.emptyRecords = empty ? this.emptyRecords + 1 : 0;
			if (this.emptyRecords > MAX_EMPTY_RECORDS) {
				throw new SSLException("More than " + MAX_EMPTY_RECORDS + " TLS records in a row carry no data");
			}
		}
	}

	// TLS 1.3 has none; in 1.2 it lets a client make us work again and again
	private void checkNoRenegotiation(HandshakeStatus status) throws SSLException {
		if ((status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_UNWRAP)
				&& !this.engine.getSession().getProtocol().equals("TLSv1.3")) {
			throw new SSLException("TLS renegotiation is not allowed");
		}
	}

	private void keepUnread(ByteBuffer encrypted) {
		if (encrypted.hasRemaining()) {
			this.unread = new byte[encrypted.remaining()];
			encrypted.get(this.unread);
		}
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		if (!this.state.isEstablished() || !flush()) {
			return 0;
		}
		int before = source.position();
		boolean taken = true;
		while (taken && source.hasRemaining()) {
			ByteBuffer encrypted = this.buffers.output().clear();
			int record = this.engine.getSession().getPacketBufferSize();
			while (source.hasRemaining() && encrypted.remaining() >= record) {
				if (this.engine.wrap(source, encrypted).getStatus() != SSLEngineResult.Status.OK) {
					throw new SSLException("The TLS connection is closed");
				}
			}
			taken = send(encrypted.flip());
		}
		return source.position() - before;
	}

	/** Returns whether the wire took everything; what it did not is kept. */
	private boolean send(ByteBuffer encrypted) throws IOException {
		this.wire.write(encrypted);
		if (!encrypted.hasRemaining()) {
			return true;
		}
		this.unsent = ByteBuffer.allocate(encrypted.remaining()).put(encrypted).flip();
		updateInterest();
		return false;
	}

	/** Returns whether nothing is left unsent. */
	private boolean flush() throws IOException {
		if (this.unsent.hasRemaining()) {
			this.wire.write(this.unsent);
			if (this.unsent.hasRemaining()) {
				return false;
			}
			this.unsent = NO_DATA;
			if (this.state == State.SHUT_DOWN) {
				this.wire.shutdownOutput();
			}
		}
		return true;
	}

	@Override
	public void interest(boolean read, boolean write) {
		this.wantsRead = read;
		this.wantsWrite = write;
		updateInterest();
	}

	private void updateInterest() {
		boolean blocked = this.unsent.hasRemaining();
		this.wire.interest(this.wantsRead && !blocked && this.state != State.WORKING,
				blocked || (this.wantsWrite && this.state.isEstablished()));
	}

	/** A close_notify, then the end of the wire (RFC 8446, section 6.1). */
	@Override
	public void shutdownOutput() throws IOException {
		this.engine.closeOutbound();
		boolean sent = flush();
		while (sent && !this.engine.isOutboundDone()) {
			ByteBuffer encrypted = this.buffers.output().clear();
			SSLEngineResult result = this.engine.wrap(NO_DATA, encrypted);
			if (result.bytesProduced() == 0) {
				break;
			}
			sent = send(encrypted.flip());
		}
		this.state = State.SHUT_DOWN;
		if (sent) {
			this.wire.shutdownOutput();
		}
	}

	private void sendAlert() {
		try {
			wrapHandshake();
		}
		catch (IOException ex) {
			// the peer will have to do without
		}
	}

	@Override
	public void close() {
		this.state = State.SHUT_DOWN;
		this.wire.close();
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return this.wire.remoteAddress();
	}

	@Override
	public String toString() {
		return this.wire + " TLS " + this.state;
	}

	private enum State {

		/** The first handshake is under way. */
		HANDSHAKING,

		/** Part of a handshake is done on another thread. */
		WORKING,

		/** Data can flow. */
		ESTABLISHED,

		/** We have nothing more to say. */
		SHUT_DOWN;

		boolean isEstablished() {
			return this == ESTABLISHED;
		}

	}

}
