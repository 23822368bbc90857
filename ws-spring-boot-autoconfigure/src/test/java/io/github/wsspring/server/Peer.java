package io.github.wsspring.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.github.wsspring.transport.SimulatedTransport;
import io.github.wsspring.transport.Transport;

/**
 * The other end of a simulated connection.
 */
final class Peer {

	private final Engine engine;

	private final Transport.Readiness readiness;

	final SimulatedTransport transport;

	Connection connection;

	@SuppressWarnings("NullAway.Init")
	Peer(Engine engine, SimulatedTransport transport, Transport.Readiness readiness) {
		this.engine = engine;
		this.transport = transport;
		this.readiness = readiness;
	}

	void send(byte[]... parts) {
		this.transport.feed(Wire.join(parts));
		this.engine.settle();
	}

	void hangUp() {
		this.transport.endInput();
		this.engine.settle();
	}

	void reset() {
		this.transport.reset();
		this.engine.settle();
	}

	/** Takes no more bytes. */
	void stopReading() {
		this.transport.room = 0;
	}

	void resumeReading() {
		this.transport.room = Long.MAX_VALUE;
		this.engine.settle();
	}

	/** What the event loop does for a socket. */
	void serve() {
		if (this.transport.isWritable()) {
			this.readiness.onWritable();
		}
		while (this.transport.isReadable()) {
			this.readiness.onReadable();
		}
	}

	/** The response to the upgrade. */
	String head() {
		return new String(this.transport.written(), 0, headLength(), StandardCharsets.ISO_8859_1);
	}

	/** The whole answer of a server that refuses. */
	String answer() {
		return new String(this.transport.written(), StandardCharsets.ISO_8859_1);
	}

	private int headLength() {
		String text = answer();
		int end = text.indexOf("\r\n\r\n");
		return (end < 0) ? text.length() : end + 4;
	}

	/** What followed the 101. */
	List<String> frames() {
		byte[] written = this.transport.written();
		return Wire.frames(Arrays.copyOfRange(written, headLength(), written.length));
	}

}
