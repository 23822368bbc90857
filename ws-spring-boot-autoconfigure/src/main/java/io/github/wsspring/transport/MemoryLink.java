package io.github.wsspring.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A connection within the process, which behaves like one by TCP: two bounded pipes, an
 * end for a client and one for an event loop.
 *
 * <pre>
 *   MemoryChannel  --write--> to the server --read-->  MemoryTransport
 *   (any thread)   <--read--  to the client <--write-- (event loop)
 * </pre>
 *
 * A link on which nothing is under way holds no buffer. Its own monitor guards all of it.
 */
public final class MemoryLink implements Incoming {

	/** How many bytes may be under way in each direction unless it is said otherwise. */
	public static final int DEFAULT_CAPACITY = 64 * 1024;

	private static final InetAddress LOCALHOST = localhost();

	private static final int MAX_PORT = 65535;

	private static final AtomicInteger links = new AtomicInteger();

	private final InetSocketAddress address = new InetSocketAddress(LOCALHOST,
			1 + Math.floorMod(links.getAndIncrement(), MAX_PORT));

	private final MemoryPipe toServer;

	private final MemoryPipe toClient;

	private final MemoryChannel client = new MemoryChannel(this);

	private @Nullable MemoryTransport server;

	private boolean clientClosed;

	private boolean serverClosed;

	private boolean reset;

	/** Whether the server wants to be called when there is something to read. */
	private boolean wantsRead = true;

	/** Whether the server wants to be called when there is room to write. */
	private boolean wantsWrite;

	/** Whether the server is going to be called anyway. */
	private boolean calling;

	/**
	 * Creates a link.
	 * @param capacity how many bytes may be under way in each direction, at least 1
	 */
	public MemoryLink(int capacity) {
		if (capacity < 1) {
			throw new IllegalArgumentException("A link carries at least 1 byte at a time, not " + capacity);
		}
		this.toServer = new MemoryPipe(capacity);
		this.toClient = new MemoryPipe(capacity);
	}

	private static InetAddress localhost() {
		try {
			return InetAddress.getByAddress("localhost", new byte[] { 127, 0, 0, 1 });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The client's end.
	 * @return always the same
	 */
	public MemoryChannel client() {
		return this.client;
	}

	/**
	 * Where the client is.
	 * @return 127.0.0.1, with a port that only every 65535th link has
	 */
	@Override
	public InetSocketAddress remoteAddress() {
		return this.address;
	}

	@Override
	public synchronized Transport open(EventLoop loop, Transport.Readiness readiness) throws IOException {
		assert loop.inLoop() && this.server == null;
		if (this.serverClosed) {
			throw new ClosedChannelException();
		}
		MemoryTransport transport = new MemoryTransport(this, loop, readiness);
		this.server = transport;
		callServer();
		return transport;
	}

	/** Ends the server's side; what was written is still delivered. */
	@Override
	public synchronized void close() {
		this.serverClosed = true;
		this.toServer.clear();
		this.toClient.end();
		notifyAll();
	}

	// What the client's end does.

	synchronized int clientRead(ByteBuffer target, Duration timeout) throws IOException {
		for (long deadline = deadline(timeout);;) {
			checkClientOpen();
			int count = this.toClient.take(target);
			if (count > 0) {
				callServer();
				return count;
			}
			if (this.toClient.isEnded()) {
				return -1;
			}
			if (!target.hasRemaining() || !await(deadline)) {
				return 0;
			}
		}
	}

	synchronized int clientWrite(ByteBuffer source, Duration timeout) throws IOException {
		for (long deadline = deadline(timeout);;) {
			checkClientOpen();
			if (this.toServer.isEnded()) {
				throw new ClosedChannelException();
			}
			if (this.serverClosed) {
				throw new IOException("The server has closed the connection");
			}
			int count = this.toServer.put(source);
			if (count > 0) {
				callServer();
				return count;
			}
			if (!source.hasRemaining() || !await(deadline)) {
				return 0;
			}
		}
	}

	private void checkClientOpen() throws ClosedChannelException {
		if (this.clientClosed) {
			throw new ClosedChannelException();
		}
	}

	private static long deadline(Duration timeout) {
		return System.nanoTime() + Math.max(timeout.toNanos(), 0);
	}

	/** Returns whether there was time left. */
	private boolean await(long deadline) throws IOException {
		long left = deadline - System.nanoTime();
		if (left <= 0) {
			return false;
		}
		try {
			TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting for the server");
		}
	}

	synchronized void clientShutdownOutput() {
		this.toServer.end();
		callServer();
		notifyAll();
	}

	/**
	 * Ends the client's side.
	 * @param abort whether what is under way to the server gets lost, too
	 */
	synchronized void clientClose(boolean abort) {
		if (this.clientClosed) {
			return;
		}
		this.clientClosed = true;
		this.reset = abort;
		if (abort) {
			this.toServer.clear();
		}
		this.toServer.end();
		this.toClient.clear();
		callServer();
		notifyAll();
	}

	synchronized boolean isClientClosed() {
		return this.clientClosed;
	}

	// What the server's end does.

	synchronized int serverRead(ByteBuffer target) throws IOException {
		checkServerOpen();
		checkNotReset();
		int count = this.toServer.take(target);
		if (count > 0) {
			notifyAll();
		}
		return (count == 0 && this.toServer.isEnded() && target.hasRemaining()) ? -1 : count;
	}

	synchronized int serverWrite(ByteBuffer source) throws IOException {
		checkServerOpen();
		checkNotReset();
		if (this.toClient.isEnded()) {
			throw new ClosedChannelException();
		}
		if (this.clientClosed) {
			throw new IOException("The client has closed the connection");
		}
		int count = this.toClient.put(source);
		if (count > 0) {
			notifyAll();
		}
		return count;
	}

	synchronized void serverShutdownOutput() throws IOException {
		checkServerOpen();
		checkNotReset();
		this.toClient.end();
		notifyAll();
	}

	synchronized boolean isServerOpen() {
		return !this.serverClosed;
	}

	private void checkServerOpen() throws ClosedChannelException {
		if (this.serverClosed) {
			throw new ClosedChannelException();
		}
	}

	private void checkNotReset() throws IOException {
		if (this.reset) {
			throw new IOException("The client has reset the connection");
		}
	}

	synchronized void interest(boolean read, boolean write) {
		this.wantsRead = read;
		this.wantsWrite = write;
		callServer();
	}

	synchronized boolean isServerReadable() {
		return this.wantsRead && !this.serverClosed && (!this.toServer.isEmpty() || this.toServer.isEnded());
	}

	synchronized boolean isServerWritable() {
		return this.wantsWrite && !this.serverClosed && (this.toClient.room() > 0 || this.clientClosed);
	}

	/** The server was called; as with a selector, what it left brings the next call. */
	synchronized void called() {
		this.calling = false;
		callServer();
	}

	private void callServer() {
		MemoryTransport transport = this.server;
		if (transport != null && !this.calling && (isServerReadable() || isServerWritable())) {
			this.calling = true;
			transport.callLater();
		}
	}

	/** How many bytes of memory the two pipes hold. */
	synchronized int footprint() {
		return this.toServer.footprint() + this.toClient.footprint();
	}

	@Override
	public synchronized String toString() {
		return this.address + " in memory, to the server " + this.toServer + ", to the client " + this.toClient;
	}

}
