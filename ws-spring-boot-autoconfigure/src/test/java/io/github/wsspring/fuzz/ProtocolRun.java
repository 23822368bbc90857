package io.github.wsspring.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.Compression;
import io.github.wsspring.protocol.ProtocolEvents;
import io.github.wsspring.protocol.ProtocolLimits;
import io.github.wsspring.protocol.WebSocketProtocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One connection that takes the pieces of an input and writes down what happens.
 */
final class ProtocolRun implements ProtocolEvents {

	/** Small, so that the fuzzer gets to each limit and past it. */
	static final ProtocolLimits LIMITS = new ProtocolLimits(1024, 600, 4);

	/** Bytes around a piece that are none of the decoder's business. */
	private static final int MARGIN = 8;

	private static final byte FOREIGN = 0x5a;

	private final WebSocketProtocol protocol;

	private final List<String> events = new ArrayList<>();

	private final boolean pausing;

	private final boolean closing;

	private boolean over;

	private ProtocolRun(Compression compression, boolean pausing, boolean closing) {
		this.protocol = new WebSocketProtocol(LIMITS, compression, this);
		this.pausing = pausing;
		this.closing = closing;
	}

	/**
	 * Feeds a connection.
	 * @param pieces what arrives
	 * @param compression what was agreed on
	 * @param pausing whether to pause at each event
	 * @param closing whether to close after the first event
	 * @return the events, and the state at the end
	 */
	static List<String> play(List<byte[]> pieces, Compression compression, boolean pausing, boolean closing) {
		ProtocolRun run = new ProtocolRun(compression, pausing, closing);
		pieces.forEach(run::receive);
		run.events.add(run.protocol.state().toString());
		return run.events;
	}

	private void receive(byte[] piece) {
		byte[] buffer = new byte[MARGIN + piece.length + MARGIN];
		Arrays.fill(buffer, FOREIGN);
		System.arraycopy(piece, 0, buffer, MARGIN, piece.length);
		int to = MARGIN + piece.length;
		int at = MARGIN;
		while (at < to) {
			int next = this.protocol.receive(buffer, at, to);
			assertThat(next).as("progress").isBetween(at + 1, to);
			assertThat(this.pausing || next == to).as("all is taken unless paused").isTrue();
			at = next;
		}
		for (int i = 0; i < MARGIN; i++) {
			assertThat(buffer[i]).as("before the piece").isEqualTo(FOREIGN);
			assertThat(buffer[to + i]).as("after the piece").isEqualTo(FOREIGN);
		}
	}

	@Override
	public void onText(String text) {
		assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMITS.maxMessageSize());
		event("text " + text);
	}

	@Override
	public void onBinary(byte[] data) {
		assertThat(data).hasSizeLessThanOrEqualTo(LIMITS.maxMessageSize());
		event("binary " + HexFormat.of().formatHex(data));
	}

	@Override
	public void onPing(byte[] payload) {
		assertThat(payload).hasSizeLessThanOrEqualTo(125);
		event("ping " + HexFormat.of().formatHex(payload));
	}

	@Override
	public void onPong(byte[] payload) {
		assertThat(payload).hasSizeLessThanOrEqualTo(125);
		event("pong " + HexFormat.of().formatHex(payload));
	}

	@Override
	public void onClose(CloseStatus status) {
		assertThat(status.isSendable() || status.equals(CloseStatus.NO_STATUS)).as("legal code").isTrue();
		event("close " + status);
		this.over = true;
	}

	@Override
	public void onFailure(CloseStatus status) {
		assertThat(status.isSendable()).as("sendable code").isTrue();
		event("failure " + status);
		this.over = true;
	}

	private void event(String event) {
		assertThat(this.over).as("nothing follows the end").isFalse();
		this.events.add(event);
		if (this.pausing) {
			this.protocol.pause();
		}
		if (this.closing && this.events.size() == 1) {
			this.protocol.close(CloseStatus.NORMAL);
		}
	}

}
