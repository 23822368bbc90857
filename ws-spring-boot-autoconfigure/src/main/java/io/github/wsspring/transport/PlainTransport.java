package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * The bytes of a TCP connection as they are.
 */
final class PlainTransport implements Transport, EventLoop.Registration {

	private final EventLoop loop;

	private final Readiness readiness;

	private final InetSocketAddress remoteAddress;

	/** Stands for the channel, too. */
	private SelectionKey key;

	private byte interest = SelectionKey.OP_READ;

	private boolean outputEnded;

	/** Whether the selector has called since the last read. */
	private boolean readable;

	private boolean closed;

	PlainTransport(SocketChannel channel, EventLoop loop, Readiness readiness) throws IOException {
		this.loop = loop;
		this.readiness = readiness;
		this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
		this.key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
	}

	private SocketChannel channel() {
		return (SocketChannel) this.key.channel();
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		boolean ended = this.outputEnded && this.readable && isEmpty();
		this.readable = false;
		return ended ? -1 : channel().read(target);
	}

	/**
	 * A socket that is readable although nothing is there was closed or reset by the
	 * peer. After our own end that is the same, but of a reset the JDK would make two
	 * exceptions.
	 */
	private boolean isEmpty() throws IOException {
		return channel().socket().getInputStream().available() == 0;
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		return channel().write(source);
	}

	@Override
	public void interest(boolean read, boolean write) {
		byte operations = (byte) ((read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0));
		// asked for after each flush; the key itself would have to look at its selector
		if (this.interest != operations && this.key.isValid()) {
			this.key.interestOps(operations);
			this.interest = operations;
		}
	}

	@Override
	public boolean isOpen() {
		return !this.closed && channel().isOpen() && channel().isConnected();
	}

	@Override
	public void shutdownOutput() throws IOException {
		channel().shutdownOutput();
		this.outputEnded = true;
	}

	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.outputEnded) {
			// the peer has been told
			this.loop.leave(this.key);
			return;
		}
		try {
			channel().close();
		}
		catch (IOException ex) {
			// the descriptor is gone either way
		}
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public void ready(int operations) {
		if ((operations & SelectionKey.OP_WRITE) != 0) {
			this.readiness.onWritable();
		}
		if ((operations & SelectionKey.OP_READ) != 0 && this.key.isValid()) {
			this.readable = true;
			this.readiness.onReadable();
		}
	}

	@Override
	public void moveTo(Selector selector) throws IOException {
		SocketChannel channel = channel();
		this.key.cancel();
		this.key = channel.register(selector, this.interest, this);
	}

	@Override
	public String toString() {
		return this.remoteAddress.toString();
	}

}
