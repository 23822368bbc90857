package io.github.wsspring.server;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.github.wsspring.protocol.ProtocolLimits;
import io.github.wsspring.transport.EventLoop;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for how much is read from one connection at a time.
 */
class ReadingTests {

	private static final int BUFFER = EventLoop.BUFFER_SIZE;

	private final Engine engine = new Engine();

	private static byte[] message(int size) {
		byte[] payload = new byte[size];
		Arrays.fill(payload, (byte) 'a');
		return Wire.frame(0x82, payload);
	}

	@Test
	void fullBuffersAreReadOnButNotForEver() {
		this.engine.limits = new ProtocolLimits(1 << 20, 1 << 20, 10);
		Peer peer = this.engine.open();
		peer.transport.feed(message(6 * BUFFER));
		peer.connection.onReadable();
		assertThat(peer.transport.unread()).isBetween(2 * BUFFER, 2 * BUFFER + 20);
		this.engine.settle();
		assertThat(peer.transport.unread()).isZero();
	}

	@Test
	void aBufferThatIsNotFullWasTheLast() {
		Peer peer = this.engine.open();
		peer.transport.feed(Wire.join(Wire.ping("1"), Wire.ping("2")));
		peer.transport.readLimit = Wire.ping("1").length;
		peer.connection.onReadable();
		assertThat(peer.transport.unread()).isEqualTo(Wire.ping("2").length);
	}

	@Test
	void whatCameInOneBufferIsAnsweredBeforeTheNextIsRead() {
		Peer peer = this.engine.open();
		peer.transport.feed(Wire.join(Collections.nCopies(3 * BUFFER / 8, Wire.ping("ab")).toArray(byte[][]::new)));
		int before = peer.transport.writes;
		peer.connection.onReadable();
		assertThat(peer.transport.unread()).isZero();
		assertThat(peer.transport.writes - before).isGreaterThanOrEqualTo(3);
		assertThat(peer.frames()).hasSize(3 * BUFFER / 8).containsOnly("pong ab");
	}

	@Test
	void whoDoesNotTakeAnswersIsNotReadOn() {
		Peer peer = this.engine.open();
		peer.stopReading();
		peer.transport.feed(Wire.join(Collections.nCopies(3 * BUFFER / 8, Wire.ping("ab")).toArray(byte[][]::new)));
		peer.connection.onReadable();
		assertThat(peer.transport.unread()).isEqualTo(2 * BUFFER);
	}

	@Test
	void whoseConnectionEndsWithinIsNotReadOn() {
		Peer peer = this.engine.open();
		byte[] unmasked = { (byte) 0x82, 0 };
		peer.transport.feed(Wire.join(unmasked, new byte[3 * BUFFER]));
		this.engine.settle();
		assertThat(peer.frames()).isEqualTo(List.of("close 1002 frame is not masked"));
	}

}
