package io.github.wsspring.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.ServerOptions.HandshakeOptions;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import io.github.wsspring.server.SessionOptions.Overflow;
import io.github.wsspring.transport.LoopMember;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens in whatever order: a sweep that passes over members whose times have
 * not come does just what one would do that looks at all of them.
 */
class SweepTests {

	private static final Duration STEP = Duration.ofMillis(50);

	private static final int SEEDS = 150;

	private static final int EVENTS = 60;

	@Test
	void nobodyIsPassedOverWhoseTimeHasCome() {
		int length = 0;
		for (int seed = 0; seed < SEEDS; seed++) {
			List<String> history = new Course(seed, false).run();
			assertThat(history).as("seed %d", seed).isEqualTo(new Course(seed, true).run());
			length += history.size();
		}
		assertThat(length).isGreaterThan(SEEDS * 20);
	}

	/** What some peers do by chance, and what becomes of it. */
	private static final class Course {

		private final Random random;

		private final boolean all;

		private final Engine engine = new Engine();

		private final ManualExecutor executor = new ManualExecutor();

		private final List<String> history = new ArrayList<>();

		private final List<String> states = new ArrayList<>();

		private int time;

		/**
		 * Prepares one.
		 * @param seed what chance depends on
		 * @param all whether each sweep looks at all members
		 */
		Course(int seed, boolean all) {
			this.random = new Random(seed);
			this.all = all;
			this.engine.options = options(millis(1000, 4000));
			this.engine.heartbeat = chance(3) ? null : new HeartbeatOptions(millis(500, 5000), millis(300, 8000));
			this.engine.idleTimeout = chance(2) ? null : millis(1000, 8000);
			this.engine.outbound = new OutboundOptions(1000, millis(500, 6000), Overflow.CLOSE);
			this.engine.executor = chance(2) ? null : this.executor;
			this.engine.maxPending = 1 + this.random.nextInt(2);
			if (chance(3)) {
				this.engine.handler.onText = (session, argument) -> new CompletableFuture<>();
			}
		}

		private static ServerOptions options(Duration handshake) {
			ServerOptions defaults = ServerOptions.DEFAULTS;
			return new ServerOptions(defaults.address(), defaults.port(), defaults.backlog(), defaults.eventLoops(),
					new HandshakeOptions(handshake, 8192, 100), defaults.limits(), defaults.shutdown(), null,
					defaults.rejection(), null);
		}

		private Duration millis(int least, int most) {
			return Duration.ofMillis(least + this.random.nextInt(most - least));
		}

		private boolean chance(int of) {
			return this.random.nextInt(of) == 0;
		}

		List<String> run() {
			connect();
			for (int i = 0; i < EVENTS; i++) {
				int happens = this.random.nextInt(16);
				if (happens < 6) {
					pass(this.random.nextInt(40));
				}
				else if (happens == 6) {
					this.engine.clock.advance(millis(1000, 8000));
				}
				else if (happens < 9) {
					connect();
				}
				else {
					act(this.engine.peers.get(this.random.nextInt(this.engine.peers.size())));
				}
				settle();
			}
			pass(400);
			return this.history;
		}

		private void connect() {
			Peer peer = this.engine.connect();
			if (!chance(4)) {
				peer.transport.feed(Wire.upgrade(chance(5) ? "/nowhere" : "/ws"));
			}
		}

		private void act(Peer peer) {
			switch (this.random.nextInt(12)) {
				case 0 -> peer.transport.feed(Wire.upgrade("/ws"));
				case 1, 2, 3 -> peer.transport.feed(Wire.text("x"));
				case 4 -> peer.transport.feed(Wire.join(Wire.text("x"), Wire.text("y"), Wire.ping("z")));
				case 5 -> peer.transport.feed(Wire.pong(""));
				case 6 -> peer.transport.feed(Wire.close(1000, ""));
				case 7 -> peer.transport.endInput();
				case 8 -> peer.transport.room = this.random.nextInt(3);
				case 9 -> peer.transport.room = Long.MAX_VALUE;
				case 10 -> this.engine.runHandlers(this.executor);
				case 11 -> this.engine.listener.opened.forEach((session) -> {
					if (chance(4)) {
						session.close(CloseStatus.NORMAL);
					}
					else {
						session.send(PreparedMessage.text("a message of the application"));
					}
				});
				default -> throw new IllegalStateException();
			}
		}

		private void pass(int steps) {
			for (int i = 0; i < steps; i++) {
				this.engine.clock.advance(STEP);
				settle();
			}
		}

		private void settle() {
			this.time++;
			if (this.all) {
				for (LoopMember member : this.engine.loop.members()) {
					this.engine.loop.tickSoon(member);
				}
			}
			this.engine.settle();
			note();
		}

		private void note() {
			for (int i = 0; i < this.engine.peers.size(); i++) {
				Peer peer = this.engine.peers.get(i);
				String state = "peer " + i + " got " + peer.transport.written().length + " bytes"
						+ (peer.transport.outputEnded ? ", all" : "") + (peer.transport.closed ? ", closed" : "");
				if (i == this.states.size()) {
					this.states.add("");
				}
				if (!state.equals(this.states.set(i, state))) {
					this.history.add(this.time + ": " + state);
				}
			}
		}

	}

}
