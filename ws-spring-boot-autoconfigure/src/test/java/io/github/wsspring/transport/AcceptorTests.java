package io.github.wsspring.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requirements for {@link Acceptor}.
 */
@Timeout(20)
class AcceptorTests {

	private final ManualClock clock = new ManualClock();

	private final List<String> failures = new ArrayList<>();

	private final EventLoop loop = ManualLoops.create(this.clock, (what, failure) -> this.failures.add(what));

	private final List<SocketChannel> accepted = new ArrayList<>();

	private boolean failing;

	private final Acceptor acceptor = bind(0);

	@AfterEach
	void close() throws IOException {
		this.acceptor.close();
		for (SocketChannel channel : this.accepted) {
			channel.close();
		}
		this.loop.turn(0);
	}

	@Test
	void portZeroBecomesARealPort() {
		assertThat(this.acceptor.address().getPort()).isPositive();
	}

	@Test
	void portThatIsTakenCannotBeBound() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> Acceptor.bind(this.acceptor.address(), 10, this.loop, this::take, this::fail));
	}

	@Test
	void connectionsWaitUntilTheStart() throws IOException {
		try (Socket socket = connect()) {
			this.loop.turn(0);
			assertThat(this.accepted).isEmpty();
			this.acceptor.start();
			turnUntil(() -> this.accepted.size() == 1);
			assertThat(socket.isConnected()).isTrue();
		}
	}

	@Test
	void whoeverCannotBeTakenOverIsClosedAndTheNextOneIsAccepted() throws IOException {
		this.acceptor.start();
		this.failing = true;
		try (Socket lost = connect()) {
			turnUntil(() -> !this.failures.isEmpty());
			this.failing = false;
			assertThat(lost.getInputStream().read()).isEqualTo(-1);
			try (Socket next = connect()) {
				turnUntil(() -> this.accepted.size() == 1);
				assertThat(next.isConnected()).isTrue();
			}
		}
		assertThat(this.failures).containsExactly("taking over a connection");
	}

	@Test
	void closedAcceptorFreesItsPort() throws IOException {
		this.acceptor.start();
		this.loop.turn(0);
		this.acceptor.close();
		this.loop.turn(0);
		Acceptor again = Acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10, this.loop,
				this::take, this::fail);
		again.close();
		assertThat(this.failures).isEmpty();
	}

	@Test
	void acceptorMovesToAnotherSelectorAndGoesOn() throws IOException {
		this.acceptor.start();
		this.loop.turn(0);
		try (java.nio.channels.Selector other = java.nio.channels.Selector.open(); Socket socket = connect()) {
			this.acceptor.moveTo(other);
			assertThat(other.select(10_000)).isEqualTo(1);
			this.acceptor.ready(0);
			assertThat(this.accepted).hasSize(1);
			assertThat(socket.isConnected()).isTrue();
		}
	}

	private Acceptor bind(int port) {
		try {
			return Acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10, this.loop,
					this::take, this::fail);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void take(SocketChannel channel) {
		if (this.failing) {
			throw new IllegalStateException("expected");
		}
		this.accepted.add(channel);
	}

	private void fail(String what, Throwable failure) {
		this.failures.add(what);
	}

	private Socket connect() throws SocketException, IOException {
		Socket socket = new Socket();
		socket.setSoTimeout(10_000);
		socket.connect(this.acceptor.address(), 10_000);
		return socket;
	}

	private void turnUntil(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			this.clock.advance(Duration.ofMillis(1));
			this.loop.turn(0);
		}
	}

}
