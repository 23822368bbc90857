package io.github.wsspring.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for the times that a session keeps.
 */
class TimeTests {

	private final Engine engine = new Engine();

	private void heartbeat() {
		this.engine.heartbeat = new HeartbeatOptions(Duration.ofSeconds(30), Duration.ofSeconds(10));
	}

	@Test
	void silentPeerIsPingedAndThenGivenUp() {
		heartbeat();
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofMillis(29_900));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(500));
		assertThat(peer.frames()).containsExactly("ping");
		this.engine.pass(Duration.ofMillis(9_500));
		assertThat(peer.frames()).containsExactly("ping");
		this.engine.pass(Duration.ofMillis(700));
		assertThat(peer.frames().get(1)).startsWith("close 1001 no sign of life");
		assertThat(this.engine.listener.closed).containsExactly("1001 HEARTBEAT");
		this.engine.pass(Duration.ofSeconds(2));
		assertThat(peer.transport.closed).isTrue();
	}

	@Test
	void anyByteIsASignOfLife() {
		heartbeat();
		Peer peer = this.engine.open();
		byte[] message = Wire.text("slowly");
		for (byte octet : message) {
			this.engine.pass(Duration.ofSeconds(25));
			peer.send(new byte[] { octet });
		}
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofSeconds(31));
		assertThat(peer.frames()).containsExactly("ping");
		peer.send(new byte[] { (byte) 0x81 });
		this.engine.pass(Duration.ofSeconds(20));
		assertThat(this.engine.session().isOpen()).isTrue();
	}

	@Test
	void nobodyIsGivenUpAfterAPauseOfOurs() {
		heartbeat();
		this.engine.idleTimeout = Duration.ofSeconds(60);
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofSeconds(31));
		assertThat(peer.frames()).containsExactly("ping");
		this.engine.sleep(Duration.ofSeconds(300));
		assertThat(this.engine.session().isOpen()).isTrue();
		this.engine.pass(Duration.ofSeconds(31));
		assertThat(peer.frames()).containsExactly("ping", "ping");
	}

	@Test
	void peerThatStalledWhileWeWereStoppedIsSpared() {
		Peer peer = this.engine.open();
		peer.stopReading();
		this.engine.session().send(PreparedMessage.text("x"));
		this.engine.settle();
		this.engine.sleep(Duration.ofSeconds(15));
		assertThat(this.engine.session().isOpen()).isTrue();
		this.engine.pass(Duration.ofMillis(10_500));
		assertThat(this.engine.listener.closed).containsExactly("1006 SEND_TIMEOUT");
	}

	@Test
	void sessionWithoutMessagesEndsWith1001WhateverPingsSay() {
		this.engine.idleTimeout = Duration.ofSeconds(5);
		Peer peer = this.engine.open();
		for (int i = 0; i < 4; i++) {
			this.engine.pass(Duration.ofSeconds(1));
			peer.send(Wire.ping("p"));
		}
		assertThat(this.engine.session().isOpen()).isTrue();
		this.engine.pass(Duration.ofMillis(1300));
		assertThat(peer.frames()).last().isEqualTo("close 1001 no message for 5000 ms");
		peer.send(Wire.close(1001, ""));
		assertThat(this.engine.listener.closed).containsExactly("1001 IDLE");
	}

	@Test
	void messagesInEitherDirectionKeepASession() {
		this.engine.idleTimeout = Duration.ofSeconds(5);
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofSeconds(4));
		peer.send(Wire.text("in"));
		this.engine.pass(Duration.ofSeconds(4));
		this.engine.session().send(PreparedMessage.text("out"));
		this.engine.pass(Duration.ofSeconds(4));
		assertThat(this.engine.session().isOpen()).isTrue();
	}

	@Test
	void sessionEndsWithItsTokenToTheSecond() {
		// half a second of the real clock may go by meanwhile
		Instant end = Instant.now().plusSeconds(60);
		this.engine.authenticator = (request, address) -> new Authenticator.Admitted(Identity.of("ann", Set.of(), end),
				null);
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofMillis(59_000));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(1300));
		assertThat(peer.frames()).containsExactly("close 4401 token has expired");
		peer.send(Wire.close(4401, ""));
		assertThat(this.engine.listener.closed).containsExactly("4401 TOKEN_EXPIRED");
	}

	@Test
	void peerThatTakesNothingIsCutAfterTheSendTimeout() {
		Peer peer = this.engine.open();
		peer.stopReading();
		this.engine.session().send(PreparedMessage.text("x"));
		this.engine.pass(Duration.ofMillis(9_900));
		assertThat(this.engine.session().isOpen()).isTrue();
		this.engine.pass(Duration.ofMillis(500));
		assertThat(this.engine.listener.closed).containsExactly("1006 SEND_TIMEOUT");
		assertThat(peer.transport.closed).isTrue();
	}

	@Test
	void peerThatTakesAByteNowAndThenIsNotCut() {
		Peer peer = this.engine.open();
		peer.stopReading();
		this.engine.session().send(PreparedMessage.text("x".repeat(100)));
		for (int i = 0; i < 10; i++) {
			this.engine.pass(Duration.ofSeconds(9));
			peer.transport.room = 1;
			this.engine.settle();
		}
		assertThat(this.engine.session().isOpen()).isTrue();
	}

	@Test
	void sendTimeoutBeginsWithTheFirstByteThatIsNotTaken() {
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofSeconds(60));
		peer.stopReading();
		this.engine.session().send(PreparedMessage.text("x"));
		this.engine.pass(Duration.ofSeconds(9));
		assertThat(this.engine.session().isOpen()).isTrue();
		this.engine.pass(Duration.ofMillis(1500));
		assertThat(this.engine.session().isOpen()).isFalse();
	}

	@Test
	void silenceOfAPeerThatIsNotReadFromMeansNothing() {
		heartbeat();
		this.engine.maxPending = 1;
		ManualExecutor executor = new ManualExecutor();
		this.engine.executor = executor;
		Peer peer = this.engine.open();
		peer.send(Wire.text("1"), Wire.text("2"));
		this.engine.pass(Duration.ofSeconds(100));
		assertThat(peer.frames()).isEmpty();
		assertThat(this.engine.session().isOpen()).isTrue();
		this.engine.runHandlers(executor);
		assertThat(this.engine.handler.events).containsExactly("open", "text 1", "text 2");
	}

	@Test
	void sessionKeepsItsOwnTimesHoweverLongItsHandshakeTook() {
		this.engine.idleTimeout = Duration.ofSeconds(2);
		Peer peer = this.engine.connect();
		this.engine.pass(Duration.ofSeconds(1));
		peer.send(Wire.upgrade("/ws"));
		this.engine.pass(Duration.ofMillis(1900));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(peer.frames()).containsExactly("close 1001 no message for 2000 ms");
	}

	@Test
	void handshakeEndsInTimeWhateverIsReceived() {
		Peer peer = this.engine.connect();
		for (int i = 0; i < 9; i++) {
			this.engine.pass(Duration.ofSeconds(1));
			peer.send(new byte[] { 'G' });
		}
		this.engine.pass(Duration.ofMillis(900));
		assertThat(peer.transport.closed).isFalse();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(peer.answer()).startsWith("HTTP/1.1 408");
		assertThat(peer.transport.closed).isTrue();
	}

	@Test
	void refusedClientHasASecondToHangUp() {
		Peer peer = this.engine.connect();
		this.engine.pass(Duration.ofSeconds(1));
		peer.send(Wire.upgrade("/nowhere"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 404");
		assertCutSoonAfter(peer, Duration.ofMillis(900));
	}

	@Test
	void refusedClientHasASecondFromWhenItTookTheAnswer() {
		Peer peer = this.engine.connect();
		peer.stopReading();
		peer.send(Wire.upgrade("/nowhere"));
		this.engine.pass(Duration.ofMillis(3100));
		peer.resumeReading();
		assertCutSoonAfter(peer, Duration.ofMillis(900));
	}

	@Test
	void refusedClientThatDoesNotTakeTheAnswerIsCutAfterFiveSeconds() {
		Peer peer = this.engine.connect();
		this.engine.pass(Duration.ofSeconds(1));
		peer.stopReading();
		peer.send(Wire.upgrade("/nowhere"));
		assertCutSoonAfter(peer, Duration.ofMillis(4900));
	}

	@Test
	void peerThatHangsUpWithoutTakingWhatWaitsIsCutAfterFiveSeconds() {
		Peer peer = this.engine.open();
		peer.stopReading();
		this.engine.session().send(PreparedMessage.text("x"));
		this.engine.pass(Duration.ofSeconds(1));
		peer.hangUp();
		assertCutSoonAfter(peer, Duration.ofMillis(4900));
	}

	@Test
	void closeThatIsNotAnsweredEndsInTimeAfterALongSilence() {
		heartbeat();
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofSeconds(2));
		this.engine.session().close(CloseStatus.NORMAL);
		this.engine.pass(Duration.ofMillis(4900));
		assertThat(this.engine.listener.closed).isEmpty();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(this.engine.listener.closed).containsExactly("1000");
		this.engine.pass(Duration.ofMillis(1300));
		assertThat(peer.transport.closed).isTrue();
	}

	@Test
	void peerIsJudgedAgainOnceItIsReadFromAgain() {
		heartbeat();
		this.engine.maxPending = 1;
		ManualExecutor executor = new ManualExecutor();
		this.engine.executor = executor;
		Peer peer = this.engine.open();
		peer.send(Wire.text("1"), Wire.text("2"));
		this.engine.pass(Duration.ofSeconds(20));
		this.engine.runHandlers(executor);
		peer.send(Wire.text("3"));
		this.engine.runHandlers(executor);
		this.engine.pass(Duration.ofMillis(29_900));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(peer.frames()).containsExactly("ping");
	}

	@Test
	void nextPingDoesNotWaitForTheTimeThatTheLastAnswerHad() {
		this.engine.heartbeat = new HeartbeatOptions(Duration.ofSeconds(5), Duration.ofHours(1));
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofMillis(5300));
		assertThat(peer.frames()).containsExactly("ping");
		this.engine.pass(Duration.ofSeconds(8));
		peer.send(Wire.pong(""));
		this.engine.pass(Duration.ofMillis(4900));
		assertThat(peer.frames()).containsExactly("ping");
		this.engine.pass(Duration.ofMillis(400));
		assertThat(peer.frames()).containsExactly("ping", "ping");
	}

	@Test
	void pingsStaySpreadAsPeersCame() {
		heartbeat();
		for (int i = 0; i < 5; i++) {
			this.engine.open();
			this.engine.pass(Duration.ofSeconds(1));
		}
		this.engine.pass(Duration.ofMillis(24_900));
		for (int i = 0; i < 5; i++) {
			assertThat(this.engine.peers.stream().filter((peer) -> !peer.frames().isEmpty())).hasSize(i);
			this.engine.pass(Duration.ofSeconds(1));
		}
	}

	@Test
	void pauseOfOursGivesTimeEvenToThoseWhoseTimeHadNotCome() {
		heartbeat();
		Peer peer = this.engine.open();
		this.engine.pass(Duration.ofSeconds(20));
		this.engine.sleep(Duration.ofSeconds(8));
		this.engine.pass(Duration.ofMillis(29_500));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(900));
		assertThat(peer.frames()).containsExactly("ping");
	}

	/** Not before, and with the sweep that follows. */
	private void assertCutSoonAfter(Peer peer, Duration time) {
		this.engine.pass(time);
		assertThat(peer.transport.closed).isFalse();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(peer.transport.closed).isTrue();
	}

}
