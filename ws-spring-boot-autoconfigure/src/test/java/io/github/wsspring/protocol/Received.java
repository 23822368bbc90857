package io.github.wsspring.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A protocol under test and what it found so far, one line for each event.
 */
final class Received implements ProtocolEvents {

	/** What stands around the bytes that a protocol is given, and must not be touched. */
	private static final byte BORDER = 0x5a;

	private final List<String> events = new ArrayList<>();

	private final WebSocketProtocol protocol;

	Received() {
		this(ProtocolLimits.DEFAULTS);
	}

	Received(ProtocolLimits limits) {
		this.protocol = new WebSocketProtocol(limits, Compression.NONE, this);
	}

	/** What is found in these bytes, however they are cut. */
	static List<String> from(String hex) {
		return from(Hex.bytes(hex));
	}

	static List<String> from(byte[] bytes) {
		return from(ProtocolLimits.DEFAULTS, bytes);
	}

	static List<String> from(ProtocolLimits limits, byte[] bytes) {
		return Splits.sameForEach(bytes, (pieces) -> new Received(limits).feed(pieces).events());
	}

	static String text(String text) {
		return (text.length() <= 1000) ? "text " + text
				: "text of " + text.length() + " characters: " + text.hashCode();
	}

	static String binary(byte[] data) {
		return (data.length <= 1000) ? "binary " + Hex.of(data)
				: "binary of " + data.length + " bytes: " + Arrays.hashCode(data);
	}

	Received feed(String hex) {
		return feed(List.of(Hex.bytes(hex)));
	}

	Received feed(List<byte[]> pieces) {
		for (byte[] piece : pieces) {
			byte[] bytes = new byte[piece.length + 6];
			Arrays.fill(bytes, BORDER);
			System.arraycopy(piece, 0, bytes, 3, piece.length);
			assertThat(this.protocol.receive(bytes, 3, bytes.length - 3)).isEqualTo(bytes.length - 3);
			for (int i = 0; i < 3; i++) {
				assertThat(bytes[i]).isEqualTo(BORDER);
				assertThat(bytes[bytes.length - 1 - i]).isEqualTo(BORDER);
			}
			// the read buffer is used again for other connections
			Arrays.fill(bytes, BORDER);
		}
		return this;
	}

	List<String> events() {
		return this.events;
	}

	WebSocketProtocol protocol() {
		return this.protocol;
	}

	@Override
	public void onText(String text) {
		this.events.add(text(text));
	}

	@Override
	public void onBinary(byte[] data) {
		this.events.add(binary(data));
	}

	@Override
	public void onPing(byte[] payload) {
		this.events.add("ping " + Hex.of(payload));
	}

	@Override
	public void onPong(byte[] payload) {
		this.events.add("pong " + Hex.of(payload));
	}

	@Override
	public void onClose(CloseStatus status) {
		this.events.add("close " + status);
	}

	@Override
	public void onFailure(CloseStatus status) {
		this.events.add("failure " + status);
	}

}
