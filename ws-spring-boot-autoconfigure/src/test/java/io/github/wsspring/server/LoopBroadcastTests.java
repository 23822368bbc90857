package io.github.wsspring.server;

import java.util.ArrayList;
import java.util.List;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Requirements for broadcasts to more sessions than are looked at ahead.
 */
class LoopBroadcastTests {

	private static final int SESSIONS = 150;

	private final Engine engine = new Engine();

	private final List<Peer> peers = new ArrayList<>();

	private final List<Session> sessions = new ArrayList<>();

	private void open() {
		for (int i = 0; i < SESSIONS; i++) {
			this.peers.add(this.engine.open());
			this.sessions.add(this.engine.session());
		}
	}

	private SendSummary broadcast(String text) {
		return this.engine.registry.send(this.sessions, null, PreparedMessage.text(text));
	}

	@Test
	void eachGetsEachMessageInOneWrite() {
		open();
		List<Integer> before = this.peers.stream().map((peer) -> peer.transport.writes).toList();
		assertThat(broadcast("one")).isEqualTo(new SendSummary(SESSIONS, 0, 0));
		assertThat(broadcast("two")).isEqualTo(new SendSummary(SESSIONS, 0, 0));
		this.engine.settle();
		for (int i = 0; i < SESSIONS; i++) {
			assertThat(this.peers.get(i).frames()).as("session %d", i).containsExactly("text one", "text two");
			assertThat(this.peers.get(i).transport.writes - before.get(i)).as("writes to session %d", i).isEqualTo(1);
		}
	}

	@Test
	void whoTakesNothingGetsItLaterAndHoldsUpNobody() {
		open();
		int[] slow = { 0, 63, 64, SESSIONS - 1 };
		for (int i : slow) {
			this.peers.get(i).stopReading();
		}
		broadcast("one");
		this.engine.settle();
		broadcast("two");
		this.engine.settle();
		for (int i = 1; i < 63; i++) {
			assertThat(this.peers.get(i).frames()).containsExactly("text one", "text two");
		}
		for (int i : slow) {
			assertThat(this.peers.get(i).frames()).isEmpty();
			this.peers.get(i).resumeReading();
			assertThat(this.peers.get(i).frames()).containsExactly("text one", "text two");
			assertThat(this.sessions.get(i).bufferedBytes()).isZero();
		}
	}

	@Test
	void whoLeavesBeforeItsTurnIsPassedOver() {
		open();
		broadcast("one");
		this.sessions.get(70).terminate();
		this.sessions.get(71).close(CloseStatus.NORMAL);
		this.engine.settle();
		assertThat(broadcast("two")).isEqualTo(new SendSummary(SESSIONS - 2, 0, 2));
		this.engine.settle();
		assertThat(this.peers.get(69).frames()).containsExactly("text one", "text two");
		assertThat(this.peers.get(72).frames()).containsExactly("text one", "text two");
		assertThat(this.peers.get(71).frames()).containsExactly("text one", "close 1000");
	}

	@Test
	void whoFailsIsDroppedAndTheOthersGetIt() {
		LoopBroadcast broadcast = new LoopBroadcast(this.engine.loop, PreparedMessage.text("one"));
		LiveSession first = mock(LiveSession.class);
		LiveSession broken = mock(LiveSession.class);
		LiveSession last = mock(LiveSession.class);
		Error failure = new OutOfMemoryError("expected");
		willThrow(failure).given(broken).deliverFromOutside(any(), anyBoolean());
		List.of(first, broken, last).forEach(broadcast::add);
		broadcast.run();
		verify(first).deliverFromOutside(any(), anyBoolean());
		verify(broken).failed("sending a broadcast to", failure);
		verify(last).deliverFromOutside(any(), anyBoolean());
	}

	@Test
	void whatIsSentAfterwardsComesAfterwards() {
		open();
		broadcast("one");
		this.sessions.get(100).send(PreparedMessage.text("own"));
		broadcast("two");
		this.engine.settle();
		assertThat(this.peers.get(100).frames()).containsExactly("text one", "text own", "text two");
	}

}
