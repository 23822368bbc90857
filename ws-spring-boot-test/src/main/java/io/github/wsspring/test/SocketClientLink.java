package io.github.wsspring.test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A link by TCP. The channel does not block, so that writing has a timeout, too.
 */
final class SocketClientLink implements ClientLink {

	private final SocketChannel channel;

	private final Selector selector;

	private final SelectionKey key;

	private SocketClientLink(SocketChannel channel, Selector selector) throws IOException {
		this.channel = channel;
		this.selector = selector;
		this.key = channel.register(selector, 0);
	}

	static SocketClientLink open(InetSocketAddress address, Duration timeout) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			channel.socket().connect(address, millis(timeout));
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			channel.configureBlocking(false);
			return new SocketClientLink(channel, Selector.open());
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	private static int millis(Duration timeout) {
		return (int) Math.min(Math.max(timeout.toMillis(), 1), Integer.MAX_VALUE);
	}

	@Override
	public int read(ByteBuffer target, Duration timeout) throws IOException {
		int count = this.channel.read(target);
		return (count == 0 && await(SelectionKey.OP_READ, timeout)) ? this.channel.read(target) : count;
	}

	@Override
	public int write(ByteBuffer source, Duration timeout) throws IOException {
		int count = this.channel.write(source);
		return (count == 0 && await(SelectionKey.OP_WRITE, timeout)) ? this.channel.write(source) : count;
	}

	private boolean await(int operation, Duration timeout) throws IOException {
		if (timeout.isZero()) {
			return false;
		}
		this.key.interestOps(operation);
		int ready = this.selector.select(millis(timeout));
		this.selector.selectedKeys().clear();
		if (Thread.currentThread().isInterrupted()) {
			throw new InterruptedIOException("Interrupted while waiting for the server");
		}
		return ready > 0;
	}

	@Override
	public void close() {
		try {
			this.selector.close();
			this.channel.close();
		}
		catch (IOException ex) {
			// the descriptors are gone either way
		}
	}

	@Override
	public void reset() {
		try {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// it is closed already
		}
		close();
	}

}
