package io.github.wsspring.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Function;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import io.github.wsspring.TestCertificates;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both ends of a TLS connection and everything between them, without any thread: our
 * transport with its loop and tasks as queues, a simulated wire and a client. The reader
 * behaves as a connection does.
 */
final class TlsEnds implements Transport.Readiness {

	private static final SSLContext SERVER = TestCertificates.server().context(TestCertificates.client());

	private static final SSLContext CLIENT = TestCertificates.client().context(TestCertificates.server());

	/** A connection that turns around more often than this without an end spins. */
	private static final int MAX_TURNS = 1_000_000;

	final SimulatedWire wire;

	final TlsTransport transport;

	final TlsClient client;

	final WatchedEngine engine;

	final Deque<Runnable> loop = new ArrayDeque<>();

	final Deque<Runnable> tasks = new ArrayDeque<>();

	private final ByteBuffer readBuffer = ByteBuffer.allocate(EventLoop.BUFFER_SIZE);

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private ByteBuffer toWrite = ByteBuffer.allocate(0);

	private boolean reading = true;

	private boolean ended;

	private @Nullable IOException failure;

	private boolean tasksHeld;

	/** Whether what the server writes stays on the wire for the time being. */
	private boolean clientHeld;

	TlsEnds(String protocol, long seed, int chop) {
		this(protocol, seed, chop, (engine) -> engine);
	}

	TlsEnds(String protocol, long seed, int chop, Function<SSLEngine, SSLEngine> disguise) {
		this.wire = new SimulatedWire(seed, chop);
		SSLEngine server = SERVER.createSSLEngine();
		server.setUseClientMode(false);
		limit(server, protocol);
		this.engine = new WatchedEngine(disguise.apply(server), this.tasks::isEmpty);
		this.transport = new TlsTransport(new Tls(() -> this.engine, this.tasks::add), new TlsBuffers(), this.loop::add,
				this);
		this.transport.attach(this.wire);
		SSLEngine engine = CLIENT.createSSLEngine();
		this.client = new TlsClient(engine);
		limit(engine, protocol);
	}

	private static void limit(SSLEngine engine, String protocol) {
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(new String[] { protocol });
		engine.setSSLParameters(parameters);
	}

	/** Runs the handshake to its end. */
	TlsEnds establish() throws SSLException {
		this.wire.arrive(this.client.beginHandshake());
		run();
		assertThat(this.failure).isNull();
		assertThat(this.client.isEstablished()).isTrue();
		assertThat(this.transport).asString().contains("ESTABLISHED");
		return this;
	}

	/** Goes on until nothing is left to do; returns how many turns that took. */
	int run() throws SSLException {
		int turns = 0;
		while (turn()) {
			assertThat(++turns).as("turns").isLessThan(MAX_TURNS);
		}
		return turns;
	}

	private boolean turn() throws SSLException {
		if (!this.loop.isEmpty()) {
			this.loop.remove().run();
			return true;
		}
		if (!this.tasks.isEmpty() && !this.tasksHeld) {
			// removed only afterwards: meanwhile nobody else may touch the engine
			this.tasks.element().run();
			this.tasks.remove();
			return true;
		}
		if (this.wire.isWritable()) {
			this.transport.onWritable();
			return true;
		}
		if (this.wire.isReadable()) {
			this.transport.onReadable();
			return true;
		}
		byte[] written = this.clientHeld ? new byte[0] : this.wire.takeWritten();
		if (written.length > 0) {
			byte[] answer = this.client.receive(written);
			this.wire.arrive(answer);
			return true;
		}
		return false;
	}

	@Override
	public void onReadable() {
		if (!this.reading || this.ended || this.failure != null) {
			return;
		}
		try {
			int length = this.transport.read(this.readBuffer.clear());
			if (length > 0) {
				this.received.write(this.readBuffer.array(), 0, length);
			}
			else if (length < 0) {
				this.ended = true;
			}
			updateInterest();
		}
		catch (IOException ex) {
			fail(ex);
		}
	}

	@Override
	public void onWritable() {
		flush();
	}

	/** The server writes, and goes on whenever it can. */
	void write(byte[] data) {
		byte[] rest = Arrays.copyOfRange(this.toWrite.array(), this.toWrite.position(), this.toWrite.limit());
		this.toWrite = ByteBuffer.allocate(rest.length + data.length).put(rest).put(data).flip();
		flush();
	}

	private void flush() {
		try {
			if (this.toWrite.hasRemaining()) {
				this.transport.write(this.toWrite);
			}
			updateInterest();
		}
		catch (IOException ex) {
			fail(ex);
		}
	}

	private void fail(IOException ex) {
		this.failure = ex;
		this.transport.close();
	}

	private void updateInterest() {
		this.transport.interest(this.reading && !this.ended, this.toWrite.hasRemaining());
	}

	/** Whether the server wants to read; it does at first. */
	void reading(boolean reading) {
		this.reading = reading;
		updateInterest();
	}

	/** Whether what the handshake has to compute is held back. */
	void holdTasks(boolean held) {
		this.tasksHeld = held;
	}

	void holdClient(boolean held) {
		this.clientHeld = held;
	}

	/** The client sends data. */
	void send(byte[] data) throws SSLException {
		this.wire.arrive(this.client.wrap(data));
	}

	/** What the server has read. */
	byte[] received() {
		return this.received.toByteArray();
	}

	boolean isWritten() {
		return !this.toWrite.hasRemaining();
	}

	/** Whether the server has read the end. */
	boolean isEnded() {
		return this.ended;
	}

	/** What broke the connection for the server. */
	@Nullable IOException failure() {
		return this.failure;
	}

}
