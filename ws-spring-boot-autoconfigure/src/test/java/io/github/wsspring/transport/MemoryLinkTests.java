package io.github.wsspring.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Requirements for {@link MemoryLink} and both its ends, on a loop that is turned by
 * hand.
 */
@Timeout(60)
class MemoryLinkTests {

	private static final Duration AT_ONCE = Duration.ZERO;

	private final List<String> failures = new ArrayList<>();

	private final EventLoop loop = ManualLoops.create(new ManualClock(),
			(what, failure) -> this.failures.add(what + ": " + failure));

	private final MemoryLink link = new MemoryLink(8);

	private final MemoryChannel client = this.link.client();

	private final Server server = new Server();

	MemoryLinkTests() {
		turn();
	}

	private void turn() {
		this.loop.turn(0);
	}

	private void open() {
		try {
			this.server.transport = this.link.open(this.loop, this.server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int write(String text) throws IOException {
		return this.client.write(bytes(text), AT_ONCE);
	}

	private String read() throws IOException {
		ByteBuffer target = ByteBuffer.allocate(100);
		int count = this.client.read(target, AT_ONCE);
		return (count < 0) ? "end" : text(target);
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String text(ByteBuffer target) {
		return StandardCharsets.US_ASCII.decode(target.flip()).toString();
	}

	@Test
	void whatTheClientWritesIsReadOnTheLoop() throws IOException {
		open();
		assertThat(write("hello")).isEqualTo(5);
		assertThat(this.server.events).isEmpty();
		turn();
		assertThat(this.server.events).containsExactly("hello");
		assertThat(this.link.footprint()).isZero();
	}

	@Test
	void whatWasWrittenBeforeTheServerCameIsNotLost() throws IOException {
		write("early");
		open();
		turn();
		assertThat(this.server.events).containsExactly("early");
	}

	@Test
	void noMoreIsTakenThanFits() throws IOException {
		open();
		assertThat(write("0123456789")).isEqualTo(8);
		assertThat(write("8")).isZero();
		turn();
		assertThat(write("89")).isEqualTo(2);
		turn();
		assertThat(this.server.events).containsExactly("01234567", "89");
	}

	@Test
	void aServerThatDoesNotWantToReadIsNotCalled() throws IOException {
		open();
		this.server.transport.interest(false, false);
		write("wait");
		turn();
		assertThat(this.server.events).isEmpty();
		this.server.transport.interest(true, false);
		turn();
		assertThat(this.server.events).containsExactly("wait");
	}

	@Test
	void whatTheServerLeavesBringsAnotherCall() throws IOException {
		open();
		this.server.readLimit = 3;
		write("abcdefgh");
		turn();
		assertThat(this.server.events).containsExactly("abc", "def", "gh");
	}

	@Test
	void aServerIsCalledForWritingWhenTheClientHasMadeRoom() throws IOException {
		open();
		assertThat(this.server.transport.write(bytes("0123456789"))).isEqualTo(8);
		this.server.transport.interest(true, true);
		turn();
		assertThat(this.server.events).isEmpty();
		assertThat(read()).isEqualTo("01234567");
		turn();
		// until it loses interest
		assertThat(this.server.events).containsExactly("writable");
		assertThat(read()).isEmpty();
	}

	@Test
	void theEndOfTheClientsOutputIsReadAfterItsBytesAndTheServerCanStillSend() throws IOException {
		open();
		write("bye");
		this.client.shutdownOutput();
		turn();
		assertThat(this.server.events).containsExactly("bye", "end");
		assertThat(this.server.transport.write(bytes("bye"))).isEqualTo(3);
		assertThat(read()).isEqualTo("bye");
		assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> write("more"));
	}

	@Test
	void theEndOfTheServersOutputIsReadAfterItsBytesAndTheClientCanStillSend() throws IOException {
		open();
		this.server.transport.write(bytes("bye"));
		this.server.transport.shutdownOutput();
		assertThat(read()).isEqualTo("bye");
		assertThat(read()).isEqualTo("end");
		write("me too");
		turn();
		assertThat(this.server.events).containsExactly("me too");
		assertThatExceptionOfType(ClosedChannelException.class)
			.isThrownBy(() -> this.server.transport.write(bytes("more")));
	}

	@Test
	void whatTheServerWroteBeforeItClosedIsStillRead() throws IOException {
		open();
		write("unread");
		this.server.transport.write(bytes("last"));
		this.server.transport.close();
		this.server.transport.close();
		turn();
		assertThat(this.server.events).isEmpty();
		assertThat(read()).isEqualTo("last");
		assertThat(read()).isEqualTo("end");
		assertThat(this.link.footprint()).isZero();
		assertThatIOException().isThrownBy(() -> write("more")).withMessageContaining("server has closed");
	}

	@Test
	void aClientThatClosesIsFoundGoneByWhoWrites() throws IOException {
		open();
		write("bye");
		this.server.transport.write(bytes("unread"));
		this.client.close();
		turn();
		assertThat(this.server.events).containsExactly("bye", "end");
		assertThatIOException().isThrownBy(() -> this.server.transport.write(bytes("more")))
			.withMessageContaining("client has closed");
		assertThat(this.client.isOpen()).isFalse();
		assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(this::read);
		assertThat(this.link.footprint()).isZero();
	}

	@Test
	void aResetIsSeenAtOnceAndWhatWasUnderWayIsLost() throws IOException {
		open();
		write("lost");
		this.client.reset();
		turn();
		assertThat(this.server.events).containsExactly("broken The client has reset the connection");
		assertThatIOException().isThrownBy(() -> this.server.transport.shutdownOutput());
	}

	@Test
	void aLinkThatIsClosedInsteadOfOpenedEndsForTheClient() throws IOException {
		this.link.close();
		assertThat(read()).isEqualTo("end");
		assertThatExceptionOfType(ClosedChannelException.class)
			.isThrownBy(() -> this.link.open(this.loop, this.server));
	}

	@Test
	void aServerThatFailsIsReportedAndTheConnectionIsClosed() throws IOException {
		open();
		this.server.failure = new IllegalStateException("broken");
		write("x");
		turn();
		assertThat(this.failures).singleElement().asString().contains("broken");
		assertThat(read()).isEqualTo("end");
	}

	@Test
	void memoryIsHeldOnlyForWhatIsUnderWay() throws IOException {
		MemoryLink large = new MemoryLink(1 << 20);
		assertThat(large.footprint()).isZero();
		large.client().write(bytes("hello"), AT_ONCE);
		assertThat(large.footprint()).isEqualTo(5);
		large.client().write(bytes("!"), AT_ONCE);
		assertThat(large.footprint()).isEqualTo(10);
	}

	@Test
	void linksHaveAddressesOfTheirOwnOnTheLoopbackInterface() {
		MemoryLink other = new MemoryLink(1);
		assertThat(other.remoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
		assertThat(other.remoteAddress()).isNotEqualTo(this.link.remoteAddress())
			.isEqualTo(other.client().localAddress());
	}

	@Test
	void capacityIsAtLeastOne() {
		assertThat(new MemoryLink(1)).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new MemoryLink(0));
	}

	@Test
	void bytesKeepTheirOrderWhateverTheSizesOfWritesAndReads() throws IOException {
		for (int capacity = 1; capacity <= 40; capacity += 3) {
			MemoryPipe pipe = new MemoryPipe(capacity);
			Random random = new Random(capacity);
			byte put = 0;
			byte taken = 0;
			for (int i = 0; i < 1000; i++) {
				ByteBuffer source = ByteBuffer.allocate(random.nextInt(capacity + 2));
				for (int j = 0; j < source.limit(); j++) {
					source.put(j, (byte) (put + j));
				}
				put += (byte) pipe.put(source);
				ByteBuffer target = ByteBuffer.allocate(random.nextInt(capacity + 2));
				pipe.take(target);
				for (target.flip(); target.hasRemaining();) {
					assertThat(target.get()).isEqualTo(taken++);
				}
				assertThat(pipe.footprint()).isBetween(capacity - pipe.room(), capacity);
			}
		}
	}

	@Test
	void aClientWaitsForBytesUntilTheTimeIsOver() throws Exception {
		open();
		assertThat(this.client.read(ByteBuffer.allocate(1), Duration.ofMillis(1))).isZero();
		CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
			try {
				ByteBuffer target = ByteBuffer.allocate(10);
				this.client.read(target, Duration.ofSeconds(30));
				return text(target);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		this.server.transport.write(bytes("here"));
		assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("here");
	}

	@Test
	void aClientWaitsForRoomUntilTheTimeIsOver() throws Exception {
		open();
		write("01234567");
		assertThat(this.client.write(bytes("8"), Duration.ofMillis(1))).isZero();
		CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> {
			try {
				return this.client.write(bytes("8"), Duration.ofSeconds(30));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		turn();
		assertThat(waiting.get(30, TimeUnit.SECONDS)).isOne();
	}

	@Test
	void anInterruptEndsTheWait() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedIOException.class)
			.isThrownBy(() -> this.client.read(ByteBuffer.allocate(1), Duration.ofSeconds(30)));
		assertThat(Thread.interrupted()).isTrue();
	}

	/** Reads all there is, and notes it down. */
	private final class Server implements Transport.Readiness {

		private final List<String> events = new ArrayList<>();

		private Transport transport;

		private int readLimit = 100;

		private RuntimeException failure;

		// the transport follows with open()
		@SuppressWarnings("NullAway.Init")
		Server() {
		}

		@Override
		public void onReadable() {
			if (this.failure != null) {
				throw this.failure;
			}
			try {
				ByteBuffer target = ByteBuffer.allocate(this.readLimit);
				int count = this.transport.read(target);
				this.events.add((count < 0) ? "end" : text(target));
				this.transport.interest(count >= 0, false);
			}
			catch (IOException ex) {
				this.events.add("broken " + ex.getMessage());
				this.transport.close();
			}
		}

		@Override
		public void onWritable() {
			this.events.add("writable");
			this.transport.interest(true, false);
		}

	}

}
