package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Takes new connections from a listening socket, as a member of one event loop.
 * <p>
 * When the system has no descriptors left, accepting fails again and again; then it
 * pauses, at first for 50 ms, each time twice as long up to 1 s.
 */
public final class Acceptor implements LoopMember, EventLoop.Registration {

	private static final int MAX_PER_TURN = 256;

	private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long MAX_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final ServerSocketChannel channel;

	private final EventLoop loop;

	private final Consumer<SocketChannel> connections;

	private final BiConsumer<String, Throwable> failures;

	private @Nullable SelectionKey key;

	private int slot;

	private long pause;

	private long resumeAt;

	Acceptor(ServerSocketChannel channel, EventLoop loop, Consumer<SocketChannel> connections,
			BiConsumer<String, Throwable> failures) {
		this.channel = channel;
		this.loop = loop;
		this.connections = connections;
		this.failures = failures;
	}

	/**
	 * Opens a listening socket; connections wait in its backlog until {@link #start()}.
	 * @param address where to listen
	 * @param backlog how many connections may wait to be accepted
	 * @param loop the loop that accepts
	 * @param connections takes the accepted connections, on that loop
	 * @param failures told when accepting fails
	 * @return the acceptor
	 * @throws java.net.BindException if the address is taken or not ours
	 * @throws IOException if the socket cannot be opened for another reason
	 */
	public static Acceptor bind(InetSocketAddress address, int backlog, EventLoop loop,
			Consumer<SocketChannel> connections, BiConsumer<String, Throwable> failures) throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		try {
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			channel.bind(address, backlog);
			channel.configureBlocking(false);
			return new Acceptor(channel, loop, connections, failures);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Begins to accept. May be called from any thread.
	 */
	public void start() {
		this.loop.execute(() -> {
			try {
				this.key = this.loop.register(this.channel, this);
				this.loop.add(this);
			}
			catch (IOException ex) {
				this.failures.accept("listening", ex);
			}
		});
	}

	/**
	 * Where the socket listens.
	 * @return the address with the real port
	 */
	public InetSocketAddress address() {
		try {
			return (InetSocketAddress) this.channel.getLocalAddress();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The server is not listening", ex);
		}
	}

	@Override
	public void ready(int operations) {
		try {
			SocketChannel accepted;
			for (int i = 0; i < MAX_PER_TURN && (accepted = this.channel.accept()) != null; i++) {
				this.pause = 0;
				handOver(accepted);
			}
		}
		catch (IOException ex) {
			if (this.channel.isOpen()) {
				pause(ex);
			}
		}
	}

	/** Whatever becomes of one connection, the next one is accepted. */
	private void handOver(SocketChannel accepted) throws IOException {
		try {
			this.connections.accept(accepted);
		}
		catch (Throwable ex) {
			this.failures.accept("taking over a connection", ex);
			accepted.close();
		}
	}

	private void pause(IOException cause) {
		this.pause = Math.min(Math.max(2 * this.pause, MIN_PAUSE), MAX_PAUSE);
		this.resumeAt = this.loop.now() + this.pause;
		listen(false);
		this.loop.sweepBy(this.resumeAt);
		this.loop.tickSoon(this);
		this.failures.accept("accepting connections, which pauses for " + TimeUnit.NANOSECONDS.toMillis(this.pause)
				+ " ms; are there enough file descriptors", cause);
	}

	private void listen(boolean accept) {
		if (this.key != null && this.key.isValid()) {
			this.key.interestOps(accept ? SelectionKey.OP_ACCEPT : 0);
		}
	}

	@Override
	public long tick(long now) {
		if (this.pause == 0) {
			return NEVER;
		}
		if (now - this.resumeAt >= 0) {
			listen(true);
			return NEVER;
		}
		this.loop.sweepBy(this.resumeAt);
		return 0;
	}

	@Override
	public void flush() {
		// writes nothing
	}

	@Override
	public int slot() {
		return this.slot;
	}

	@Override
	public void slot(int slot) {
		this.slot = slot;
	}

	@Override
	public void moveTo(Selector selector) throws IOException {
		this.key = this.channel.register(selector, SelectionKey.OP_ACCEPT, this);
	}

	/**
	 * Closes the listening socket. May be called from any thread; the port is free when
	 * the loop has had its next turn.
	 */
	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			this.failures.accept("closing the port", ex);
		}
	}

	@Override
	public String toString() {
		return "acceptor of " + this.channel;
	}

}
