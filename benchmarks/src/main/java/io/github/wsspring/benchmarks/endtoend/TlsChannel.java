package io.github.wsspring.benchmarks.endtoend;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * A client's end of a TLS connection. Writes wait until the socket has taken them; reads
 * do as the socket does.
 */
final class TlsChannel implements ByteChannel {

	private static final int RECORD = 17 * 1024;

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final SocketChannel socket;

	private final SSLEngine engine;

	private final ByteBuffer encrypted = ByteBuffer.allocate(4 * RECORD);

	private final ByteBuffer plain = ByteBuffer.allocate(8 * RECORD).flip();

	private final ByteBuffer output = ByteBuffer.allocate(RECORD);

	/**
	 * Does the handshake, and waits for it.
	 * @param socket a connected socket that blocks
	 * @param context whom to trust
	 * @throws IOException if it does not come about
	 */
	TlsChannel(SocketChannel socket, SSLContext context) throws IOException {
		this.socket = socket;
		this.engine = context.createSSLEngine();
		this.engine.setUseClientMode(true);
		this.engine.beginHandshake();
		while (shakeHands()) {
			// until it is over
		}
	}

	private boolean shakeHands() throws IOException {
		switch (this.engine.getHandshakeStatus()) {
			case NEED_TASK -> this.engine.getDelegatedTask().run();
			case NEED_WRAP -> wrap(NOTHING);
			case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
				this.plain.clear();
				if (unwrap() == SSLEngineResult.Status.BUFFER_UNDERFLOW && this.socket.read(this.encrypted) < 0) {
					throw new EOFException("The server ended the TLS handshake");
				}
				this.plain.flip();
			}
			default -> {
				return false;
			}
		}
		return true;
	}

	private SSLEngineResult.Status unwrap() throws IOException {
		this.encrypted.flip();
		try {
			return this.engine.unwrap(this.encrypted, this.plain).getStatus();
		}
		finally {
			this.encrypted.compact();
		}
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		if (!this.plain.hasRemaining() && !fill()) {
			return -1;
		}
		int count = Math.min(this.plain.remaining(), target.remaining());
		target.put(this.plain.slice(this.plain.position(), count));
		this.plain.position(this.plain.position() + count);
		return count;
	}

	/** Returns whether more may come. */
	private boolean fill() throws IOException {
		this.plain.clear();
		try {
			while (this.plain.remaining() >= RECORD) {
				SSLEngineResult.Status status = unwrap();
				if (status == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
					int length = (this.plain.position() == 0) ? this.socket.read(this.encrypted) : 0;
					if (length <= 0) {
						return length == 0;
					}
				}
				else if (status == SSLEngineResult.Status.CLOSED) {
					return this.plain.position() > 0;
				}
			}
			return true;
		}
		finally {
			this.plain.flip();
		}
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		int count = source.remaining();
		while (source.hasRemaining()) {
			wrap(source);
		}
		return count;
	}

	private void wrap(ByteBuffer source) throws IOException {
		this.engine.wrap(source, this.output.clear());
		this.output.flip();
		while (this.output.hasRemaining()) {
			this.socket.write(this.output);
		}
	}

	@Override
	public boolean isOpen() {
		return this.socket.isOpen();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
