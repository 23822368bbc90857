package io.github.wsspring.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requirements for the end of a session.
 */
class CloseTests {

	private final Engine engine = new Engine();

	private final ManualExecutor executor = new ManualExecutor();

	@AfterEach
	void engineDidNotFail() {
		assertThat(this.engine.listener.engineFailures).isEmpty();
	}

	@Test
	void closeFrameOfThePeerIsEchoed() {
		Peer peer = this.engine.open();
		peer.send(Wire.close(3000, "bye"));
		assertThat(peer.frames()).containsExactly("close 3000 bye");
		assertThat(this.engine.handler.events).containsExactly("open", "close 3000");
		assertThat(peer.transport.outputEnded).isTrue();
		peer.hangUp();
		assertThat(peer.transport.closed).isTrue();
	}

	@Test
	void closeFrameWithoutAStatusIsAnsweredWithoutOne() {
		Peer peer = this.engine.open();
		peer.send(Wire.frame(0x88, new byte[0]));
		assertThat(peer.frames()).containsExactly("close");
		assertThat(this.engine.handler.events).containsExactly("open", "close 1005");
	}

	@Test
	void closeFrameIsAnsweredAfterTheRepliesToWhatCameBefore() {
		this.engine.executor = this.executor;
		this.engine.handler.onText = RecordingHandler.echo();
		Peer peer = this.engine.open();
		peer.send(Wire.text("1"), Wire.text("2"), Wire.close(1000, ""));
		assertThat(peer.frames()).isEmpty();
		this.engine.runHandlers(this.executor);
		assertThat(peer.frames()).containsExactly("text 1", "text 2", "close 1000");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10, 100, 240 })
	void closeFrameIsAnsweredAfter250MsIfTheHandlerIsSlow(int sinceSweep) {
		this.engine.handler.onText = (session, argument) -> new CompletableFuture<>();
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofMillis(250 + sinceSweep));
		peer.send(Wire.text("1"), Wire.close(1000, ""));
		this.engine.pass(Duration.ofMillis(240));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(30));
		assertThat(peer.frames()).containsExactly("close 1000");
	}

	@Test
	void faultOfThePeerIsAnsweredLikeACloseFrame() {
		Peer peer = this.engine.open();
		peer.send(Wire.text("1"), new byte[] { (byte) 0x83, (byte) 0x80, 0, 0, 0, 0 }, Wire.text("2"));
		assertThat(peer.frames()).singleElement().asString().startsWith("close 1002");
		assertThat(this.engine.listener.closed).containsExactly("1002 PROTOCOL");
		assertThat(this.engine.handler.events).containsExactly("open", "text 1", "close 1002");
	}

	@Test
	void ourCloseWaitsFiveSecondsForAnAnswerAndOneMoreForTheEnd() {
		Peer peer = this.engine.open();
		this.engine.session().close(new CloseStatus(4000, "enough"));
		this.engine.settle();
		assertThat(peer.frames()).containsExactly("close 4000 enough");
		assertThat(this.engine.session().isOpen()).isFalse();
		this.engine.pass(Duration.ofMillis(4900));
		assertThat(this.engine.listener.closed).isEmpty();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(this.engine.listener.closed).containsExactly("4000");
		assertThat(peer.transport.closed).isFalse();
		this.engine.pass(Duration.ofMillis(1300));
		assertThat(peer.transport.closed).isTrue();
		assertThat(this.engine.admission.connections()).isZero();
	}

	@Test
	void messagesAfterOurCloseAreNotDeliveredAndTheAnswerEndsTheSession() {
		Peer peer = this.engine.open();
		this.engine.session().close(CloseStatus.NORMAL);
		peer.send(Wire.text("late"), Wire.ping("p"), Wire.close(1001, ""));
		assertThat(this.engine.handler.events).containsExactly("open", "close 1000");
		assertThat(peer.frames()).containsExactly("close 1000");
	}

	@Test
	void endWithoutACloseFrameIs1006() {
		Peer peer = this.engine.open();
		peer.hangUp();
		assertThat(this.engine.handler.events).containsExactly("open", "close 1006");
		assertThat(peer.transport.closed).isTrue();
		assertThat(peer.frames()).isEmpty();
	}

	@Test
	void peerThatHangsUpRightAfterItsCloseFrameStillGetsTheAnswer() {
		this.engine.executor = this.executor;
		Peer peer = this.engine.open();
		peer.transport.endInput();
		peer.send(Wire.close(1000, ""));
		this.engine.runHandlers(this.executor);
		assertThat(peer.frames()).containsExactly("close 1000");
		assertThat(peer.transport.closed).isTrue();
	}

	@Test
	void onlyTheFirstCloseCounts() {
		Peer peer = this.engine.open();
		this.engine.session().close(new CloseStatus(4001, ""));
		this.engine.session().close(new CloseStatus(4002, ""));
		this.engine.settle();
		assertThat(peer.frames()).containsExactly("close 4001");
	}

	@Test
	void statusThatMayNotBeSentIsNotTaken() {
		this.engine.open();
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.session().close(CloseStatus.ABNORMAL))
			.withMessageContaining("1006");
	}

	@Test
	void closeFollowsEverythingThatWasSentBefore() {
		Peer peer = this.engine.open();
		peer.stopReading();
		for (int i = 0; i < 100; i++) {
			this.engine.session().send(PreparedMessage.text("m" + i));
		}
		this.engine.session().close(CloseStatus.NORMAL);
		this.engine.settle();
		peer.resumeReading();
		assertThat(peer.frames()).hasSize(101).endsWith("close 1000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "open", "text", "pong", "close" })
	void sessionMayBeClosedInsideEveryCallback(String where) {
		for (ManualExecutor manual : new ManualExecutor[] { null, new ManualExecutor() }) {
			Engine fresh = prepare(where, manual, (session) -> session.close(new CloseStatus(4000, "")));
			Peer peer = fresh.peers.get(0);
			assertThat(peer.frames()).last().asString().startsWith("close");
			assertThat(fresh.handler.events.stream().filter((event) -> event.startsWith("close"))).hasSize(1);
			String expected = where.equals("close") ? "1000" : "4000";
			assertThat(fresh.listener.closed).containsExactly(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "open", "text", "pong", "close" })
	void sessionMayBeTerminatedInsideEveryCallback(String where) {
		for (ManualExecutor manual : new ManualExecutor[] { null, new ManualExecutor() }) {
			Engine fresh = prepare(where, manual, Session::terminate);
			assertThat(fresh.handler.events.stream().filter((event) -> event.startsWith("close"))).hasSize(1);
			assertThat(fresh.peers.get(0).transport.closed).isTrue();
			assertThat(fresh.loop.members()).isEmpty();
			assertThat(fresh.admission.connections()).isZero();
			// whoever comes next finds the loop's batch free
			fresh.handler.onOpen = (session, argument) -> null;
			fresh.handler.onText = RecordingHandler.echo();
			Peer next = fresh.open();
			int before = next.transport.writes;
			next.send(Wire.text("a"), Wire.text("b"), Wire.text("c"));
			if (manual != null) {
				fresh.runHandlers(manual);
			}
			assertThat(next.frames()).containsExactly("text a", "text b", "text c");
			assertThat(next.transport.writes).isGreaterThan(before);
			assertThat(fresh.loop.newWriteQueue().room(1)).isNotNull();
		}
	}

	private Engine prepare(String where, ManualExecutor manual, java.util.function.Consumer<Session> action) {
		Engine fresh = new Engine();
		fresh.executor = manual;
		fresh.handler.wantsPongs = true;
		RecordingHandler.Callback callback = (session, argument) -> {
			action.accept(session);
			return null;
		};
		switch (where) {
			case "open" -> fresh.handler.onOpen = callback;
			case "text" -> fresh.handler.onText = callback;
			case "pong" -> fresh.handler.onPong = callback;
			default -> fresh.handler.onClose = callback;
		}
		Peer peer = fresh.connect();
		peer.send(Wire.upgrade("/ws"), Wire.text("1"), Wire.pong("2"), Wire.ping("3"), Wire.text("{\"type\":\"ping\"}"),
				Wire.ping("4"));
		if (manual != null) {
			fresh.runHandlers(manual);
		}
		peer.send(Wire.close(1000, ""));
		if (manual != null) {
			fresh.runHandlers(manual);
		}
		peer.hangUp();
		if (manual != null) {
			fresh.runHandlers(manual);
		}
		fresh.pass(Duration.ofSeconds(2));
		if (manual != null) {
			fresh.runHandlers(manual);
		}
		return fresh;
	}

	@Test
	void pingOnASessionThatHasEndedDoesNothing() {
		Peer peer = this.engine.open();
		Session session = this.engine.session();
		peer.reset();
		session.ping(new byte[] { 1 });
		this.engine.settle();
		assertThat(this.engine.loop.newWriteQueue().room(1)).isNotNull();
		assertThat(session.bufferedBytes()).isZero();
		assertThat(session.send(PreparedMessage.text("x"))).isEqualTo(SendResult.CLOSED);
	}

	@Test
	void sendInTheCloseCallbackIsClosed() {
		List<SendResult> results = new java.util.ArrayList<>();
		this.engine.handler.onClose = (session, argument) -> {
			results.add(session.send(PreparedMessage.text("late")));
			return null;
		};
		Peer peer = this.engine.open();
		peer.send(Wire.close(1000, ""));
		assertThat(results).containsExactly(SendResult.CLOSED);
		assertThat(peer.frames()).containsExactly("close 1000");
	}

	@Test
	void shutdownAnswersWhatWasReceivedBeforeAndThenCloses() {
		this.engine.executor = this.executor;
		this.engine.handler.onText = RecordingHandler.echo();
		Peer peer = this.engine.open();
		peer.send(Wire.text("1"));
		peer.connection.shutDown(CloseStatus.SERVICE_RESTART);
		peer.connection.shutDown(CloseStatus.SERVICE_RESTART);
		this.engine.runHandlers(this.executor);
		assertThat(peer.frames()).containsExactly("text 1", "close 1012");
		peer.send(Wire.close(1012, ""));
		this.engine.runHandlers(this.executor);
		assertThat(this.engine.listener.closed).containsExactly("1012 SHUTDOWN");
	}

	@Test
	void floodAfterTheEndIsCutAfter256KiB() {
		Peer peer = this.engine.open();
		peer.send(Wire.close(1000, ""));
		peer.send(new byte[256 * 1024 - 1]);
		assertThat(peer.transport.closed).isFalse();
		peer.send(new byte[2]);
		assertThat(peer.transport.closed).isTrue();
	}

}
