package io.github.wsspring.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link PlainTransport}: how a TCP connection ends.
 */
@Timeout(20)
class PlainTransportTests implements Transport.Readiness {

	private static final String FAILED = "failed";

	private final ManualClock clock = new ManualClock();

	private final List<String> failures = new ArrayList<>();

	private final EventLoop loop = ManualLoops.create(this.clock, (what, failure) -> this.failures.add(what));

	/** What each read gave: a number, or {@link #FAILED}. */
	private final List<String> reads = new ArrayList<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(16);

	private final Socket client = new Socket();

	private final SocketChannel channel = connect();

	private final Transport transport = open();

	private SocketChannel connect() {
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			this.client.connect(server.getLocalAddress());
			this.client.setSoTimeout(10_000);
			return server.accept();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Transport open() {
		try {
			this.loop.turn(0);
			return new IncomingSocket(this.channel, null).open(this.loop, this);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void onReadable() {
		try {
			this.reads.add(Integer.toString(this.transport.read(this.buffer.clear())));
		}
		catch (IOException ex) {
			this.reads.add(FAILED);
			this.transport.close();
		}
		if (this.reads.contains("-1")) {
			this.transport.close();
		}
	}

	@Override
	public void onWritable() {
		throw new IllegalStateException("not asked for");
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.channel.close();
		this.loop.turn(0);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void acceptedSocketsDoNotWaitForMoreToSend() throws IOException {
		assertThat(this.channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
	}

	@Test
	void endOfThePeerAfterOursIsTheEnd() throws IOException {
		this.transport.shutdownOutput();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		this.client.close();
		turnUntil(() -> !this.reads.isEmpty());
		assertThat(this.reads).containsExactly("-1");
	}

	@Test
	void resetByThePeerAfterOurEndIsTheEnd() throws IOException {
		this.transport.shutdownOutput();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		reset();
		turnUntil(() -> !this.reads.isEmpty());
		assertThat(this.reads).containsExactly("-1");
	}

	@Test
	void resetByThePeerBeforeOurEndIsAFailure() throws IOException {
		reset();
		turnUntil(() -> !this.reads.isEmpty());
		assertThat(this.reads).containsExactly(FAILED);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void bytesThatComeAfterOurEndAreReadBeforeTheEndOfThePeer() throws IOException {
		this.transport.shutdownOutput();
		this.client.getOutputStream().write(new byte[] { 1, 2, 3 });
		turnUntil(() -> !this.reads.isEmpty());
		this.client.getOutputStream().write(new byte[20]);
		this.client.shutdownOutput();
		turnUntil(() -> this.reads.contains("-1"));
		assertThat(this.reads).containsExactly("3", "16", "4", "-1");
	}

	@Test
	void secondReadWithoutAnotherCallOfTheSelectorFindsNothingRatherThanTheEnd() throws IOException {
		this.transport.shutdownOutput();
		this.client.getOutputStream().write(1);
		turnUntil(() -> !this.reads.isEmpty());
		assertThat(this.transport.read(this.buffer.clear())).isZero();
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void connectionWhosePeerWasToldIsClosedAfterTheNextSelect() throws IOException {
		this.loop.turn(0);
		this.transport.shutdownOutput();
		this.transport.close();
		this.transport.close();
		assertThat(this.channel.isOpen()).isTrue();
		this.loop.turn(0);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.loop.selector().keys()).isEmpty();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
	}

	@Test
	@Timeout(30)
	void manyConnectionsThatLeaveDoNotWaitForSomethingToHappen() throws IOException {
		EventLoop patient = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what));
		patient.turn(0);
		List<SocketChannel> channels = new ArrayList<>();
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
			for (int i = 0; i < 65; i++) {
				channels.add(SocketChannel.open(server.getLocalAddress()));
				Transport leaving = new IncomingSocket(channels.get(i), null).open(patient, this);
				leaving.shutdownOutput();
				leaving.close();
			}
		}
		// would sleep for an hour
		patient.turn(Long.MAX_VALUE);
		assertThat(channels).hasSize(65).noneMatch(SocketChannel::isOpen);
	}

	@Test
	void connectionThatEndsWhileItIsServedIsClosedAfterTheSelectThatFollows() throws IOException {
		this.transport.shutdownOutput();
		this.client.close();
		turnUntil(() -> !this.reads.isEmpty());
		assertThat(this.channel.isOpen()).isTrue();
		this.loop.turn(0);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void connectionWhosePeerWasNotToldIsClosedAtOnce() throws IOException {
		this.transport.close();
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
	}

	@Test
	void connectionThatMovedToAnotherSelectorIsClosedAsWell() throws IOException {
		this.transport.shutdownOutput();
		try (Selector other = Selector.open()) {
			((PlainTransport) this.transport).moveTo(other);
			this.transport.close();
			this.loop.turn(0);
			other.selectNow();
			assertThat(this.channel.isOpen()).isFalse();
			assertThat(other.keys()).isEmpty();
		}
	}

	@Test
	void loopThatEndsClosesWhatWasLeaving() throws Exception {
		EventLoop real = new EventLoop(TimeUnit.SECONDS.toNanos(1), (what, failure) -> this.failures.add(what));
		real.start("loop-under-test");
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			try (Socket peer = new Socket()) {
				peer.connect(server.getLocalAddress());
				SocketChannel accepted = server.accept();
				real.execute(() -> {
					try {
						Transport last = new IncomingSocket(accepted, null).open(real, this);
						last.shutdownOutput();
						last.close();
						real.close();
					}
					catch (IOException ex) {
						this.failures.add(ex.toString());
					}
				});
				real.close().get(10, TimeUnit.SECONDS);
				assertThat(accepted.isOpen()).isFalse();
			}
		}
	}

	private void reset() throws IOException {
		this.client.setSoLinger(true, 0);
		this.client.close();
	}

	private void turnUntil(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			this.clock.advance(Duration.ofMillis(1));
			this.loop.turn(0);
		}
	}

}
