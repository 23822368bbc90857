package io.github.wsspring.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.wsspring.benchmarks.ClientFrames;
import io.github.wsspring.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an {@link InMemoryServer}, seen from its peer. Belongs to the
 * server's thread.
 */
public final class InMemoryConnection {

	private static final byte[] EMPTY = {};

	private final InMemoryServer server;

	private final SessionRegistry registry;

	private final Sink sink = new Sink();

	private final Connection connection;

	private InMemoryConnection(InMemoryServer server, ServerContext context) throws IOException {
		this.server = server;
		this.registry = context.registry();
		this.connection = Connection.open(server.loop(), context, (readiness) -> this.sink, HandshakePhase::new);
	}

	static InMemoryConnection open(InMemoryServer server, ServerContext context, String target) {
		try {
			InMemoryConnection opened = new InMemoryConnection(server, context);
			byte[] answer = opened.answer(ClientFrames.upgrade(target, "AQIDBAUGBwgJCgsMDQ4PEA=="), 1);
			String head = new String(answer, StandardCharsets.ISO_8859_1);
			if (!head.startsWith("HTTP/1.1 101 ")) {
				throw new IllegalStateException("The upgrade was answered by " + head);
			}
			return opened;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lets bytes arrive at the server, as one read of its event loop.
	 * @param bytes the bytes, which are copied
	 */
	public void receive(byte[] bytes) {
		this.sink.input = bytes;
		this.connection.onReadable();
	}

	/**
	 * Turns the loop until the peer has got so much.
	 * @param bytes how many bytes since the beginning
	 */
	public void awaitSent(long bytes) {
		while (this.sink.taken < bytes) {
			this.server.turn();
		}
	}

	/**
	 * Writes what is to be written at the end of a turn.
	 */
	public void flush() {
		this.connection.flush();
	}

	/**
	 * The session of this connection, which has to be the server's only one.
	 * @return the session that the engine made
	 */
	public Session session() {
		return this.registry.sessions().iterator().next();
	}

	/**
	 * How much the peer has got.
	 * @return bytes since the beginning
	 */
	public long sent() {
		return this.sink.taken;
	}

	/**
	 * What the server answers.
	 * @param bytes what it receives
	 * @param length how many bytes to wait for at least
	 * @return its answer
	 */
	public byte[] answer(byte[] bytes, int length) {
		ByteArrayOutputStream record = new ByteArrayOutputStream();
		this.sink.record = record;
		receive(bytes);
		awaitSent(this.sink.taken - record.size() + length);
		this.sink.record = null;
		return record.toByteArray();
	}

	/** Takes everything at once, and reads it only if somebody wants to know. */
	private static final class Sink implements Transport {

		private final InetSocketAddress remoteAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

		private byte[] input = EMPTY;

		private long taken;

		private @Nullable ByteArrayOutputStream record;

		@Override
		public int read(ByteBuffer target) {
			byte[] bytes = this.input;
			this.input = EMPTY;
			target.put(bytes);
			return bytes.length;
		}

		@Override
		public int write(ByteBuffer source) {
			int length = source.remaining();
			if (this.record != null) {
				byte[] bytes = new byte[length];
				source.duplicate().get(bytes);
				this.record.writeBytes(bytes);
			}
			source.position(source.limit());
			this.taken += length;
			return length;
		}

		@Override
		public void interest(boolean read, boolean write) {
			// there is always something to read, and room to write
		}

		@Override
		public void shutdownOutput() {
			// nobody waits for the end
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
			// nothing to close
		}

		@Override
		public InetSocketAddress remoteAddress() {
			return this.remoteAddress;
		}

		@Override
		public String toString() {
			return "in memory";
		}

	}

}
