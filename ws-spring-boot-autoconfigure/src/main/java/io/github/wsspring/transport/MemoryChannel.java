package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The client's end of a {@link MemoryLink}: bytes to and from a server in the same
 * process, always without encryption.
 * <p>
 * Safe from any thread but the server's event loops, which must not wait for themselves.
 * An interrupt while waiting throws {@link java.io.InterruptedIOException} and stays set.
 */
public final class MemoryChannel implements AutoCloseable {

	private final MemoryLink link;

	MemoryChannel(MemoryLink link) {
		this.link = link;
	}

	/**
	 * Where the server sees this client.
	 * @return 127.0.0.1, with a port that tells links apart
	 */
	public InetSocketAddress localAddress() {
		return this.link.remoteAddress();
	}

	/**
	 * Reads what is there, or waits until there is something.
	 * @param target takes the bytes
	 * @param timeout how long to wait at most, zero not to wait
	 * @return how many bytes were read, 0 if none came in time, -1 if the server will
	 * send no more
	 * @throws IOException if this end is closed
	 */
	public int read(ByteBuffer target, Duration timeout) throws IOException {
		return this.link.clientRead(target, timeout);
	}

	/**
	 * Writes what there is room for, or waits until there is room for something.
	 * @param source holds the bytes
	 * @param timeout how long to wait at most, zero not to wait
	 * @return how many bytes were taken, 0 if there was no room in time
	 * @throws IOException if this end or its output, or the server's end is closed
	 */
	public int write(ByteBuffer source, Duration timeout) throws IOException {
		return this.link.clientWrite(source, timeout);
	}

	/**
	 * Tells the server that no more bytes will come; it can still send.
	 */
	public void shutdownOutput() {
		this.link.clientShutdownOutput();
	}

	/**
	 * Ends the connection at once: what is under way in both directions gets lost, and
	 * the server finds it reset.
	 */
	public void reset() {
		this.link.clientClose(true);
	}

	/**
	 * Ends the connection: what was written still arrives, what was not read gets lost.
	 */
	@Override
	public void close() {
		this.link.clientClose(false);
	}

	/**
	 * Whether this end was not closed.
	 * @return {@code true} until {@link #close()} or {@link #reset()}
	 */
	public boolean isOpen() {
		return !this.link.isClientClosed();
	}

	@Override
	public String toString() {
		return this.link.toString();
	}

}
