package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The server's end of a {@link MemoryLink}. Has no selection key: its event loop calls it
 * by a task when the link is ready.
 */
final class MemoryTransport implements Transport, Runnable {

	private final MemoryLink link;

	private final EventLoop loop;

	private final Readiness readiness;

	MemoryTransport(MemoryLink link, EventLoop loop, Readiness readiness) {
		this.link = link;
		this.loop = loop;
		this.readiness = readiness;
	}

	/** May be called from any thread, but only once until the call has come. */
	void callLater() {
		this.loop.execute(this);
	}

	@Override
	public void run() {
		try {
			if (this.link.isServerWritable()) {
				this.readiness.onWritable();
			}
			if (this.link.isServerReadable()) {
				this.readiness.onReadable();
			}
		}
		catch (Throwable ex) {
			close();
			throw ex;
		}
		finally {
			this.link.called();
		}
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		return this.link.serverRead(target);
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		return this.link.serverWrite(source);
	}

	@Override
	public void interest(boolean read, boolean write) {
		this.link.interest(read, write);
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.link.serverShutdownOutput();
	}

	@Override
	public boolean isOpen() {
		return this.link.isServerOpen();
	}

	@Override
	public void close() {
		this.link.close();
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return this.link.remoteAddress();
	}

	@Override
	public String toString() {
		return this.link.toString();
	}

}
