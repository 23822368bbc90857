package io.github.wsspring.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.SessionOptions.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for what waits for a slow peer.
 */
class OutboundTests {

	private static final int LIMIT = 1000;

	private final Engine engine = new Engine();

	@SuppressWarnings("NullAway.Init")
	private Peer peer;

	private Session open(Overflow overflow) {
		this.engine.outbound(LIMIT, overflow);
		this.peer = this.engine.open();
		this.peer.stopReading();
		return this.engine.session();
	}

	/** A message whose frame has a certain size. */
	private static PreparedMessage message(int size, char fill) {
		return PreparedMessage.text(String.valueOf(fill).repeat(size - ((size < 128) ? 2 : 4)));
	}

	@Test
	void nothingIsBufferedAfterThe101() {
		this.engine.open();
		assertThat(this.engine.session().bufferedBytes()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void halfTheLimitIsQueuedAndFromThereItIsBackpressure(Overflow overflow) {
		Session session = open(overflow);
		assertThat(session.send(message(LIMIT / 2, 'a'))).isEqualTo(SendResult.QUEUED);
		assertThat(session.send(message(3, 'b'))).isEqualTo(SendResult.BACKPRESSURE);
		assertThat(session.send(message(LIMIT / 2 - 3, 'c'))).isEqualTo(SendResult.BACKPRESSURE);
		assertThat(session.bufferedBytes()).isEqualTo(LIMIT);
		this.peer.resumeReading();
		assertThat(session.bufferedBytes()).isZero();
		assertThat(this.peer.frames()).hasSize(3);
	}

	@Test
	void whenOverflowIsCloseThenOneByteTooManyEndsTheSessionWith1013() {
		Session session = open(Overflow.CLOSE);
		session.send(message(LIMIT, 'a'));
		assertThat(session.send(message(3, 'b'))).isEqualTo(SendResult.DROPPED);
		assertThat(session.send(message(3, 'c'))).isEqualTo(SendResult.CLOSED);
		this.engine.settle();
		this.peer.resumeReading();
		assertThat(this.peer.frames()).last().asString().startsWith("close 1013 1003 bytes unread, limit is 1000");
		this.peer.send(Wire.close(1013, ""));
		assertThat(this.engine.listener.closed).containsExactly("1013 OUTBOUND_QUEUE");
		assertThat(session.bufferedBytes()).isZero();
	}

	@Test
	void whenOverflowIsDropNewestThenTheNewestIsDropped() {
		Session session = open(Overflow.DROP_NEWEST);
		session.send(message(LIMIT, 'a'));
		assertThat(session.send(message(3, 'b'))).isEqualTo(SendResult.DROPPED);
		assertThat(session.bufferedBytes()).isEqualTo(LIMIT);
		this.peer.resumeReading();
		assertThat(this.peer.frames()).hasSize(1);
		assertThat(session.send(message(3, 'c'))).isEqualTo(SendResult.QUEUED);
		this.engine.settle();
		assertThat(this.peer.frames()).hasSize(2).endsWith("text c");
	}

	@Test
	void whenOverflowIsDropOldestThenTheOldestThatHasNotBegunIsDropped() {
		Session session = open(Overflow.DROP_OLDEST);
		session.send(message(500, 'a'));
		this.engine.settle();
		session.send(message(300, 'b'));
		session.send(message(200, 'c'));
		this.engine.settle();
		assertThat(session.send(message(100, 'd'))).isEqualTo(SendResult.BACKPRESSURE);
		this.engine.settle();
		assertThat(session.bufferedBytes()).isEqualTo(800);
		this.peer.resumeReading();
		assertThat(this.peer.frames()).extracting((frame) -> frame.charAt(5)).containsExactly('a', 'c', 'd');
		assertThat(session.bufferedBytes()).isZero();
	}

	@Test
	void whenOverflowIsDropOldestThenAMessageLargerThanTheQueueIsDropped() {
		Session session = open(Overflow.DROP_OLDEST);
		assertThat(session.send(message(LIMIT, 'a'))).isEqualTo(SendResult.BACKPRESSURE);
		this.peer.resumeReading();
		assertThat(session.send(message(LIMIT + 1, 'b'))).isEqualTo(SendResult.DROPPED);
		assertThat(session.bufferedBytes()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void bufferedBytesAreZeroOnceTheSessionHasEnded(Overflow overflow) {
		Session session = open(overflow);
		session.send(message(LIMIT, 'a'));
		this.engine.settle();
		this.peer.reset();
		assertThat(session.bufferedBytes()).isZero();
	}

	@Test
	void stalledPeerDoesNotKeepTheBatchFromTheOthers() {
		Session session = open(Overflow.CLOSE);
		session.send(message(LIMIT, 'a'));
		this.engine.settle();
		session.send(message(3, 'b'));
		session.ping(new byte[0]);
		this.engine.settle();
		assertThat(this.engine.loop.newWriteQueue().room(1)).isNotNull();
	}

	@Test
	void sendAsyncIsCompleteWhenTheLastByteIsTaken() {
		Session session = open(Overflow.CLOSE);
		CompletableFuture<Void> sent = session.sendAsync(message(100, 'a'));
		this.peer.transport.room = 99;
		this.engine.settle();
		assertThat(sent).isNotDone();
		this.peer.transport.room = 1;
		this.engine.settle();
		assertThat(sent).isCompleted();
	}

	@Test
	void sendAsyncFailsWhenTheSessionEndsBefore() {
		Session session = open(Overflow.CLOSE);
		CompletableFuture<Void> sent = session.sendAsync(message(100, 'a'));
		this.engine.settle();
		this.peer.reset();
		assertThat(sent).isCompletedExceptionally();
		assertThat(session.sendAsync(message(3, 'b'))).failsWithin(java.time.Duration.ofSeconds(1))
			.withThrowableOfType(java.util.concurrent.ExecutionException.class)
			.withCauseInstanceOf(SessionClosedException.class);
	}

	@Test
	void sendAsyncFailsWhenTheMessageIsDropped() {
		Session session = open(Overflow.DROP_OLDEST);
		session.send(message(500, 'a'));
		this.engine.settle();
		CompletableFuture<Void> dropped = session.sendAsync(message(300, 'b'));
		CompletableFuture<Void> sent = session.sendAsync(message(400, 'c'));
		this.engine.settle();
		assertThat(dropped).isCompletedExceptionally();
		this.peer.resumeReading();
		assertThat(sent).isCompleted();
	}

	@Test
	void dependentsMaySendAndPingWithoutHarmToTheStream() {
		Session session = open(Overflow.DROP_OLDEST);
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			all.add(session.sendAsync(message(50, (char) ('a' + i))).whenComplete((value, failure) -> {
				session.send(PreparedMessage.text("direct"));
				all.add(session.sendAsync(PreparedMessage.text("async")));
				session.ping(new byte[] { 'p' });
			}));
		}
		this.engine.settle();
		for (int i = 0; i < 200; i++) {
			this.peer.transport.room = 7;
			this.engine.settle();
		}
		this.peer.resumeReading();
		assertThat(this.peer.frames()).hasSize(20);
		assertThat(this.peer.frames().stream().filter("text direct"::equals)).hasSize(5);
		assertThat(this.peer.frames().stream().filter("text async"::equals)).hasSize(5);
		assertThat(this.peer.frames().stream().filter("ping p"::equals)).hasSize(5);
		assertThat(all).hasSize(10).allMatch(CompletableFuture::isDone);
		assertThat(session.bufferedBytes()).isZero();
	}

	@Test
	void pingIsAnsweredBeforeDataThatWaits() {
		Session session = open(Overflow.CLOSE);
		session.send(message(500, 'a'));
		session.send(message(200, 'b'));
		this.peer.transport.room = 2;
		this.engine.settle();
		this.peer.send(Wire.ping("first"));
		this.peer.resumeReading();
		assertThat(this.peer.frames()).contains("pong first");
	}

	@Test
	void peerThatDoesNotReadGetsOnlyTheLastPong() {
		Session session = open(Overflow.CLOSE);
		session.send(message(500, 'a'));
		this.engine.settle();
		for (int i = 0; i < 1000; i++) {
			this.peer.send(Wire.ping("p" + i));
		}
		assertThat(session.bufferedBytes()).isEqualTo(500);
		this.peer.resumeReading();
		assertThat(this.peer.frames()).hasSize(2).endsWith("pong p999");
	}

	@Test
	void applicationPingIsAnsweredAndNotDelivered() {
		Peer alive = this.engine.open();
		alive.send(Wire.text("{\"type\":\"ping\"}"));
		assertThat(alive.frames()).containsExactly("text {\"type\":\"pong\"}");
		assertThat(this.engine.handler.events).containsExactly("open");
		assertThat(this.engine.session().bufferedBytes()).isZero();
	}

	@Test
	void applicationPingsOfAPeerThatDoesNotReadPileNothingUp() {
		Session session = open(Overflow.CLOSE);
		session.send(message(500, 'a'));
		this.engine.settle();
		for (int i = 0; i < 100; i++) {
			this.peer.send(Wire.text("{\"type\":\"ping\"}"));
		}
		assertThat(session.bufferedBytes()).isEqualTo(500);
		assertThat(session.isOpen()).isTrue();
	}

	@Test
	void broadcastIsCountedPerSession() {
		Session slow = open(Overflow.DROP_NEWEST);
		Peer fast = this.engine.open();
		Peer gone = this.engine.open();
		Session ended = this.engine.session();
		gone.reset();
		slow.send(message(LIMIT, 'a'));
		this.engine.settle();
		SendSummary summary = this.engine.registry.send(this.engine.listener.opened, null, message(10, 'b'));
		this.engine.settle();
		assertThat(ended.isOpen()).isFalse();
		assertThat(summary).isEqualTo(new SendSummary(1, 1, 1));
		assertThat(fast.frames()).hasSize(1);
	}

	@Test
	void messagesOfOneThreadKeepTheirOrderWhereverItRuns() throws InterruptedException {
		Peer reader = this.engine.open();
		Session session = this.engine.session();
		Thread thread = new Thread(() -> session.send(PreparedMessage.text("1 from outside")));
		thread.start();
		thread.join();
		// the test's thread is the loop, and must not overtake
		session.send(PreparedMessage.text("2 from the loop"));
		session.close(io.github.wsspring.protocol.CloseStatus.NORMAL);
		this.engine.settle();
		assertThat(reader.frames()).containsExactly("text 1 from outside", "text 2 from the loop", "close 1000");
	}

}
