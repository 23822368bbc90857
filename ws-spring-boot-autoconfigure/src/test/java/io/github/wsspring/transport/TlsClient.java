package io.github.wsspring.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * The other end of a TLS connection, driven by hand: encrypted bytes in and out.
 */
final class TlsClient {

	private static final int ROOM = 64 * 1024;

	private final SSLEngine engine;

	private byte[] unread = {};

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private @Nullable SSLException failure;

	TlsClient(SSLEngine engine) {
		this.engine = engine;
		engine.setUseClientMode(true);
	}

	SSLEngine engine() {
		return this.engine;
	}

	/** Takes what the server wrote; returns what the handshake answers. */
	byte[] receive(byte[] bytes) throws SSLException {
		int length = this.unread.length;
		ByteBuffer input = ByteBuffer.wrap(Arrays.copyOf(this.unread, length + bytes.length));
		input.put(length, bytes);
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try {
			answer.writeBytes(handshake());
			while (!this.engine.isInboundDone()) {
				ByteBuffer output = ByteBuffer.allocate(ROOM);
				SSLEngineResult result = this.engine.unwrap(input, output);
				this.received.write(output.array(), 0, output.position());
				answer.writeBytes(handshake());
				if (result.getStatus() != Status.OK || (result.bytesConsumed() == 0 && result.bytesProduced() == 0
						&& result.getHandshakeStatus() != HandshakeStatus.NEED_TASK)) {
					break;
				}
			}
		}
		catch (SSLException ex) {
			this.failure = ex;
		}
		this.unread = new byte[input.remaining()];
		input.get(this.unread);
		return answer.toByteArray();
	}

	/** What the handshake wants to say now. */
	private byte[] handshake() throws SSLException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		while (true) {
			switch (this.engine.getHandshakeStatus()) {
				case NEED_TASK -> this.engine.getDelegatedTask().run();
				case NEED_WRAP -> {
					byte[] record = wrap(new byte[0]);
					if (record.length == 0) {
						return bytes.toByteArray();
					}
					bytes.writeBytes(record);
				}
				default -> {
					return bytes.toByteArray();
				}
			}
		}
	}

	/** Begins a handshake: the first, a renegotiation (1.2) or a key update (1.3). */
	byte[] beginHandshake() throws SSLException {
		this.engine.beginHandshake();
		return wrap(new byte[0]);
	}

	/** Encrypts data, or nothing into an empty record. */
	byte[] wrap(byte[] data) throws SSLException {
		ByteBuffer source = ByteBuffer.wrap(data);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		do {
			ByteBuffer output = ByteBuffer.allocate(ROOM);
			SSLEngineResult result = this.engine.wrap(source, output);
			bytes.write(output.array(), 0, output.position());
			if (result.getStatus() != Status.OK) {
				break;
			}
		}
		while (source.hasRemaining());
		return bytes.toByteArray();
	}

	byte[] closeNotify() throws SSLException {
		this.engine.closeOutbound();
		return wrap(new byte[0]);
	}

	/** The data that came so far. */
	byte[] received() {
		return this.received.toByteArray();
	}

	/** Whether the server's close_notify has come. */
	boolean isEnded() {
		return this.engine.isInboundDone() && this.failure == null;
	}

	/** What went wrong, such as an alert of the server. */
	@Nullable SSLException failure() {
		return this.failure;
	}

	boolean isEstablished() {
		return this.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
				&& !this.engine.getSession().getProtocol().equals("NONE");
	}

}
