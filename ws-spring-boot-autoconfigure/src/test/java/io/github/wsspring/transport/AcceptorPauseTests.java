package io.github.wsspring.transport;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for an {@link Acceptor} while the system has no descriptors left.
 */
class AcceptorPauseTests {

	private final ManualClock clock = new ManualClock();

	private final List<String> failures = new ArrayList<>();

	private final List<SocketChannel> accepted = new ArrayList<>();

	private final OneKeySelector selector = new OneKeySelector();

	private final ExhaustedChannel channel = new ExhaustedChannel();

	private final EventLoop loop = open();

	private final Acceptor acceptor = new Acceptor(this.channel, this.loop, this.accepted::add,
			(what, failure) -> this.failures.add(what));

	private EventLoop open() {
		try {
			return new EventLoop(ManualLoops.SWEEP.toNanos(), (what, failure) -> this.failures.add(what),
					() -> this.selector, this.clock);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void start() throws IOException {
		this.channel.configureBlocking(false);
		this.acceptor.start();
		this.loop.turn(0);
	}

	@Test
	void failingAcceptPausesFor50MsAndThenTwiceAsLongUpToASecond() {
		for (int expected : new int[] { 50, 100, 200, 400, 800, 1000, 1000 }) {
			this.acceptor.ready(SelectionKey.OP_ACCEPT);
			assertThat(this.failures).last().asString().contains("pauses for " + expected + " ms");
			assertThat(this.selector.operations).isZero();
			pass(expected - 10);
			assertThat(this.selector.operations).isZero();
			pass(20);
			assertThat(this.selector.operations).isEqualTo(SelectionKey.OP_ACCEPT);
		}
		assertThat(this.failures).hasSize(7);
	}

	@Test
	void acceptThatSucceedsEndsTheDoubling() throws IOException {
		this.acceptor.ready(SelectionKey.OP_ACCEPT);
		pass(60);
		this.channel.next = SocketChannel.open();
		this.acceptor.ready(SelectionKey.OP_ACCEPT);
		assertThat(this.accepted).hasSize(1);
		this.accepted.get(0).close();
		assertThat(this.failures).hasSize(2).allMatch((what) -> what.contains("pauses for 50 ms"));
	}

	private void pass(int millis) {
		for (int i = 0; i < millis; i++) {
			this.clock.advance(Duration.ofMillis(1));
			this.loop.turn(0);
		}
	}

	/** Fails to accept, but for the one connection it may be given. */
	private static final class ExhaustedChannel extends ServerSocketChannel {

		private @Nullable SocketChannel next;

		ExhaustedChannel() {
			super(SelectorProvider.provider());
		}

		@Override
		public SocketChannel accept() throws IOException {
			SocketChannel given = this.next;
			if (given == null) {
				throw new IOException("Too many open files");
			}
			this.next = null;
			return given;
		}

		@Override
		public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) {
			throw new UnsupportedOperationException();
		}

		@Override
		public <T> ServerSocketChannel setOption(SocketOption<T> name, @Nullable T value) {
			throw new UnsupportedOperationException();
		}

		@Override
		public <T> T getOption(SocketOption<T> name) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Set<SocketOption<?>> supportedOptions() {
			return Set.of();
		}

		@Override
		public ServerSocket socket() {
			throw new UnsupportedOperationException();
		}

		@Override
		public @Nullable SocketAddress getLocalAddress() {
			return null;
		}

		@Override
		protected void implCloseSelectableChannel() {
			// there is no socket
		}

		@Override
		protected void implConfigureBlocking(boolean block) {
			// there is no socket
		}

	}

	/** Never selects anything, but remembers what it is asked to. */
	private static final class OneKeySelector extends AbstractSelector {

		private int operations;

		OneKeySelector() {
			super(SelectorProvider.provider());
		}

		@Override
		protected SelectionKey register(AbstractSelectableChannel channel, int operations,
				@Nullable Object attachment) {
			this.operations = operations;
			return new Key(channel);
		}

		@Override
		protected void implCloseSelector() {
			// holds nothing
		}

		@Override
		public Set<SelectionKey> keys() {
			return Set.of();
		}

		@Override
		public Set<SelectionKey> selectedKeys() {
			return new HashSet<>();
		}

		@Override
		public int selectNow() {
			return 0;
		}

		@Override
		public int select(long timeout) {
			return 0;
		}

		@Override
		public int select() {
			return 0;
		}

		@Override
		public Selector wakeup() {
			return this;
		}

		private final class Key extends AbstractSelectionKey {

			private final AbstractSelectableChannel channel;

			Key(AbstractSelectableChannel channel) {
				this.channel = channel;
			}

			@Override
			public AbstractSelectableChannel channel() {
				return this.channel;
			}

			@Override
			public Selector selector() {
				return OneKeySelector.this;
			}

			@Override
			public int interestOps() {
				return OneKeySelector.this.operations;
			}

			@Override
			public SelectionKey interestOps(int operations) {
				OneKeySelector.this.operations = operations;
				return this;
			}

			@Override
			public int readyOps() {
				return 0;
			}

		}

	}

}
