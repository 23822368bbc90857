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

import org.jspecify.annotations.Nullable;

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

	/** RFC 5246 6.2.1: the type of a record that holds an alert; RFC 8446 hides it. */
	private static final int ALERT = 21;

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

	/** What ended the connection while there were still bytes to hand over. */
	private @Nullable SSLException failure;

	/** Whether a read has something to do although nothing more may arrive. */
	private boolean unfinished;

	/** Whether that read is on its way. */
	private boolean resuming;

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
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.state == State.WORKING || !flush()) {
			return 0;
		}
		ByteBuffer encrypted = this.buffers.input().clear().put(this.unread);
		this.unread = NOTHING;
		boolean wireEnded = this.wire.read(encrypted) < 0;
		int produced = unwrap(encrypted.flip(), target);
		keepUnread(encrypted);
		boolean ended = wireEnded || this.engine.isInboundDone();
		this.unfinished |= produced > 0 && ended;
		updateInterest();
		return (ended && !this.unfinished) ? -1 : produced;
	}

	/** Returns how many bytes were produced; a fault counts after those before it. */
	private int unwrap(ByteBuffer encrypted, ByteBuffer target) throws IOException {
		int before = target.position();
		this.unfinished = false;
		try {
			checkSpeaksTls(encrypted);
			unwrapRecords(encrypted, target, before);
		}
		catch (SSLException ex) {
			sendAlert();
			if (target.position() == before) {
				throw ex;
			}
			this.failure = ex;
			this.unfinished = true;
		}
		return target.position() - before;
	}

	/** The engine would say no more than that it does not understand. */
	private void checkSpeaksTls(ByteBuffer encrypted) throws SSLException {
		if (this.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && this.state == State.HANDSHAKING
				&& encrypted.hasRemaining() && encrypted.get(0) >= 'A' && encrypted.get(0) <= 'Z') {
			throw new SSLException("This port speaks TLS, but the peer begins with plain text; use https:// or wss://");
		}
	}

	/** Takes records until there is no whole one, or something else has to be done. */
	private void unwrapRecords(ByteBuffer encrypted, ByteBuffer target, int before) throws IOException {
		while (prepareToUnwrap() && !this.engine.isInboundDone()) {
			if (target.position() > before && isAlert(encrypted)) {
				this.unfinished = true;
				return;
			}
			SSLEngineResult result = this.engine.unwrap(encrypted, target);
			noteRecord(result);
			boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
			if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
				this.unfinished = checkProduced(target.position() > before);
			}
			if (result.getStatus() != SSLEngineResult.Status.OK || (!moved && !isHandshaking(result))) {
				return;
			}
		}
		this.unfinished = this.state == State.WORKING || this.unsent.hasRemaining();
	}

	/**
	 * RFC 5246 7.2.1: who takes a close_notify has to discard what it has not written
	 * yet, so what came before is answered first.
	 */
	private static boolean isAlert(ByteBuffer encrypted) {
		return encrypted.hasRemaining() && encrypted.get(encrypted.position()) == ALERT;
	}

	private static boolean checkProduced(boolean produced) {
		if (!produced) {
			throw new IllegalArgumentException("The target has no room for a TLS record");
		}
		return true;
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

	private void runTasks() throws SSLException {
		State before = this.state;
		this.state = State.WORKING;
		try {
			this.tasks.execute(() -> work(before));
		}
		catch (RejectedExecutionException ex) {
			throw new SSLException("No more TLS handshakes are taken", ex);
		}
	}

	private void work(State before) {
		SSLException failed = null;
		try {
			for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine.getDelegatedTask()) {
				task.run();
			}
		}
		catch (Throwable ex) {
			failed = new SSLException("A task of the TLS handshake failed: " + ex, ex);
		}
		SSLException failure = failed;
		this.loop.execute(() -> workDone(before, failure));
	}

	private void workDone(State before, @Nullable SSLException failure) {
		if (this.state == State.WORKING) {
			this.state = before;
			this.failure = failure;
			updateInterest();
		}
	}

	/** Returns whether there was something to be sent and the wire took it. */
	private boolean wrapHandshake() throws IOException {
		ByteBuffer encrypted = this.buffers.output().clear();
		SSLEngineResult result = this.engine.wrap(NO_DATA, encrypted);
		noteHandshake(result.getHandshakeStatus());
		boolean moved = result.bytesProduced() > 0 || result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
		return send(encrypted.flip()) && moved && result.getStatus() == SSLEngineResult.Status.OK;
	}

	private void noteHandshake(HandshakeStatus status) throws SSLException {
		if (status == HandshakeStatus.FINISHED && this.state == State.HANDSHAKING) {
			this.state = State.ESTABLISHED;
		}
		else if (this.state == State.ESTABLISHED) {
			checkNoRenegotiation(status);
		}
	}

	private void noteRecord(SSLEngineResult result) throws SSLException {
		noteHandshake(result.getHandshakeStatus());
		if (result.bytesProduced() > 0) {
			this.emptyRecords = 0;
		}
		else if (result.bytesConsumed() > 0 && this.state == State.ESTABLISHED
				&& ++this.emptyRecords > MAX_EMPTY_RECORDS) {
			throw new SSLException("More than " + MAX_EMPTY_RECORDS + " TLS records in a row carry no data");
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
			wrapRecords(source, encrypted);
			taken = send(encrypted.flip());
		}
		return source.position() - before;
	}

	private void wrapRecords(ByteBuffer source, ByteBuffer encrypted) throws SSLException {
		int record = this.engine.getSession().getPacketBufferSize();
		while (source.hasRemaining() && encrypted.remaining() >= record) {
			SSLEngineResult result = this.engine.wrap(source, encrypted);
			if (result.getStatus() == SSLEngineResult.Status.CLOSED && this.engine.isInboundDone()) {
				// RFC 5246 7.2.1: after the peer's close_notify, "discarding any pending
				// writes"
				source.position(source.limit());
			}
			else if (result.getStatus() != SSLEngineResult.Status.OK
					|| (result.bytesConsumed() == 0 && result.bytesProduced() == 0)) {
				throw new SSLException(
						"The TLS connection takes no data: " + result.getStatus() + ", " + result.getHandshakeStatus());
			}
		}
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

	@Override
	public boolean hasUnsent() {
		return this.unsent.hasRemaining();
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
				endOutput();
			}
		}
		return !this.unsent.hasRemaining();
	}

	@Override
	public void interest(boolean read, boolean write) {
		this.wantsRead = read;
		this.wantsWrite = write;
		updateInterest();
	}

	private void updateInterest() {
		boolean blocked = this.unsent.hasRemaining();
		this.wire.interest(canRead(), blocked || (this.wantsWrite && this.state.isEstablished()));
		if (this.unfinished && !this.resuming && canRead()) {
			this.resuming = true;
			this.loop.execute(this::resumeReading);
		}
	}

	private boolean canRead() {
		return this.wantsRead && !this.unsent.hasRemaining() && this.state != State.WORKING;
	}

	/** The wire knows nothing of what we hold, and might stay silent. */
	private void resumeReading() {
		this.resuming = false;
		if (this.unfinished && canRead()) {
			this.readiness.onReadable();
		}
	}

	/** A close_notify, then the end of the wire (RFC 8446, section 6.1). */
	@Override
	public void shutdownOutput() throws IOException {
		boolean working = this.state == State.WORKING;
		shutDown();
		if (working) {
			// the engine is in use, and cannot say anything yet
			this.wire.shutdownOutput();
			return;
		}
		this.engine.closeOutbound();
		if (this.unsent.hasRemaining()) {
			flush();
		}
		else {
			endOutput();
		}
	}

	private void endOutput() throws IOException {
		if (wrapEnd()) {
			this.wire.shutdownOutput();
		}
	}

	/** Returns whether the wire took all that the engine had left to say. */
	private boolean wrapEnd() throws IOException {
		while (!this.engine.isOutboundDone()) {
			ByteBuffer encrypted = this.buffers.output().clear();
			SSLEngineResult result = this.engine.wrap(NO_DATA, encrypted);
			if (!send(encrypted.flip())) {
				return false;
			}
			if (result.bytesProduced() == 0) {
				return true;
			}
		}
		return true;
	}

	private void sendAlert() {
		try {
			this.engine.closeOutbound();
			wrapEnd();
		}
		catch (IOException ex) {
			// the peer will have to do without
		}
	}

	private void shutDown() {
		this.state = State.SHUT_DOWN;
		this.unfinished = false;
		this.unread = NOTHING;
	}

	@Override
	public boolean isOpen() {
		return this.wire.isOpen();
	}

	@Override
	public void close() {
		shutDown();
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
