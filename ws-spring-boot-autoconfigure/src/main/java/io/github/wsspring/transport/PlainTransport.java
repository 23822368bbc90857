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

	private final SocketChannel channel;

	private final Readiness readiness;

	private final InetSocketAddress remoteAddress;

	private SelectionKey key;

	private int interest = SelectionKey.OP_READ;

	PlainTransport(SocketChannel channel, Selector selector, Readiness readiness) throws IOException {
		this.channel = channel;
		this.readiness = readiness;
		this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
		this.key = channel.register(selector, SelectionKey.OP_READ, this);
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		return this.channel.read(target);
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		return this.channel.write(source);
	}

	@Override
	public void interest(boolean read, boolean write) {
		int operations = (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
		// asked for after each flush; the key itself would have to look at its selector
		if (this.interest != operations && this.key.isValid()) {
			this.key.interestOps(operations);
			this.interest = operations;
		}
	}

	@Override
	public boolean isOpen() {
		return this.channel.isOpen() && this.channel.isConnected();
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public void close() {
		try {
			this.channel.close();
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
			this.readiness.onReadable();
		}
	}

	@Override
	public void moveTo(Selector selector) throws IOException {
		this.key.cancel();
		this.key = this.channel.register(selector, this.interest, this);
	}

	@Override
	public String toString() {
		return this.remoteAddress.toString();
	}

}
