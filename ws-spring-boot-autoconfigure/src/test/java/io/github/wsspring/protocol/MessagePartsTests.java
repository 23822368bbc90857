package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are wanted in parts, however their bytes are cut, and whether or not who
 * takes the parts asks for a pause after each of them.
 */
class MessagePartsTests {

	private static final int FIN = 0x80;

	private static final int COMPRESSED = 0x40;

	private static final MessageKinds BOTH = new MessageKinds(true, true);

	private static final ProtocolLimits LIMITS = new ProtocolLimits(40, 30, 3);

	private static final String MIXED = "aß€😀z";

	@Test
	void aWholeFrameComesInParts() {
		assertThat(play(BOTH, "82 83 00000000 010203")).containsExactly("begin binary", "end 010203");
		assertThat(play(BOTH, "81 85 37fa213d 7f9f4d5158")).containsExactly("begin text", "end 48656c6c6f");
	}

	@Test
	void fragmentsAreOneMessage() {
		assertThat(play(BOTH, "02 82 11223344 0000  00 80 00000000  80 81 00000000 03")).containsExactly("begin binary",
				"end 112203");
	}

	@Test
	void anEmptyMessageHasNoParts() {
		assertThat(play(BOTH, "82 80 00000000  01 80 00000000 80 80 00000000")).containsExactly("begin binary", "end ",
				"begin text", "end ");
	}

	@Test
	void controlFramesComeInBetween() {
		assertThat(play(BOTH, "02 81 00000000 01  89 81 00000000 07  80 81 00000000 02"))
			.containsExactly("begin binary", "ping 07", "end 0102");
	}

	@Test
	void eachKindIsAskedForByItself() {
		String messages = "82 81 00000000 01  81 81 00000000 61";
		assertThat(play(new MessageKinds(true, false), messages)).containsExactly("binary 01", "begin text", "end 61");
		assertThat(play(new MessageKinds(false, true), messages)).containsExactly("begin binary", "end 01", "text a");
		assertThat(play(MessageKinds.NONE, messages)).containsExactly("binary 01", "text a");
	}

	@Test
	void textIsCheckedAsItArrives() {
		byte[] text = MIXED.getBytes(StandardCharsets.UTF_8);
		assertThat(play(BOTH, Compression.NONE, ClientFrame.of(FIN | Opcode.TEXT, text))).containsExactly("begin text",
				"end " + Hex.of(text));
		assertThat(play(BOTH, "01 83 00000000 61c328")).containsExactly("begin text", "failure 1007 text is not UTF-8");
		assertThat(play(BOTH, "81 82 00000000 61c3")).containsExactly("begin text", "failure 1007 text is not UTF-8");
	}

	@Test
	void sizesAreCheckedAtTheHeader() {
		assertThat(play(BOTH, "82 9f 00000000"))
			.containsExactly("failure 1009 frame of 31 bytes is over the limit of 30");
		byte[] twice = Hex.join(ClientFrame.of(Opcode.BINARY, new byte[30]), ClientFrame.header(FIN, 7, 11, 0));
		assertThat(play(BOTH, Compression.NONE, twice)).containsExactly("begin binary",
				"failure 1009 message of 41 bytes or more is over the limit of 40");
		byte[] whole = Hex.join(ClientFrame.of(Opcode.BINARY, new byte[30]), ClientFrame.of(FIN, new byte[10]));
		assertThat(play(BOTH, Compression.NONE, whole)).containsExactly("begin binary", "end " + "00".repeat(40));
	}

	@Test
	void fragmentsAreCounted() {
		assertThat(play(BOTH, "02 80 00000000  00 80 00000000  00 80 00000000  80 80 00000000"))
			.containsExactly("begin binary", "failure 1009 message has more than 3 fragments");
	}

	@Test
	void messagesDoNotSeeTheOnesBefore() {
		byte[] messages = Hex.join(ClientFrame.of(FIN | Opcode.BINARY, new byte[30]),
				ClientFrame.of(FIN | Opcode.TEXT, new byte[30]), ClientFrame.of(FIN | Opcode.BINARY, new byte[30]));
		assertThat(play(BOTH, Compression.NONE, messages)).containsExactly("begin binary", "end " + "00".repeat(30),
				"begin text", "end " + "00".repeat(30), "begin binary", "end " + "00".repeat(30));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void compressedMessagesComeInParts(boolean contextTakeover) {
		byte[] text = MIXED.getBytes(StandardCharsets.UTF_8);
		byte[] payload = deflate(text);
		byte[] frames = Hex.join(ClientFrame.of(COMPRESSED | Opcode.TEXT, Arrays.copyOf(payload, 4)),
				ClientFrame.of(FIN, Arrays.copyOfRange(payload, 4, payload.length)),
				ClientFrame.of(FIN | COMPRESSED | Opcode.BINARY, deflate(new byte[40])));
		assertThat(playCompressed(contextTakeover, frames)).containsExactly("begin text", "end " + Hex.of(text),
				"begin binary", "end " + "00".repeat(40));
	}

	@Test
	void compressedMessagesAreMeasuredWhileTheyAreInflated() {
		byte[] bomb = ClientFrame.of(FIN | COMPRESSED | Opcode.BINARY, deflate(new byte[41]));
		assertThat(playCompressed(false, bomb)).containsExactly("begin binary",
				"failure 1009 message is over the limit of 40 bytes once inflated");
		byte[] notUtf8 = ClientFrame.of(FIN | COMPRESSED | Opcode.TEXT, deflate(Hex.bytes("61c328")));
		assertThat(playCompressed(false, notUtf8)).containsExactly("begin text", "failure 1007 text is not UTF-8");
	}

	@Test
	void whoPausesGetsLittleMoreOfACompressedMessage() {
		int size = 50_000_000;
		Random random = new Random(1);
		byte[] data = new byte[size];
		for (int at = 0; at < size; at += 1 + random.nextInt(100_000)) {
			data[at] = (byte) random.nextInt();
		}
		byte[] bytes = ClientFrame.of(FIN | COMPRESSED | Opcode.BINARY, deflate(data));
		Slow slow = new Slow();
		PerMessageDeflate compression = new PerMessageDeflate(new DeflateParameters(true, true, 15),
				DeflateOptions.DEFAULTS, new DeflatePool(0));
		WebSocketProtocol protocol = new WebSocketProtocol(new ProtocolLimits(size, size, 1), compression, BOTH,
				new TextWorkspace(), slow);
		int turns = 0;
		for (int at = 0; at < bytes.length; turns++) {
			slow.sincePause = 0;
			at = protocol.receive(bytes, at, bytes.length);
		}
		compression.close();
		assertThat(slow.ended).isTrue();
		assertThat(slow.received.toByteArray()).isEqualTo(data);
		assertThat(slow.most).isLessThanOrEqualTo(16 * 1024);
		assertThat(turns).isGreaterThan(size / (16 * 1024));
	}

	@Test
	void afterOurCloseNothingComes() {
		Recorder recorder = new Recorder(BOTH, Compression.NONE, false);
		recorder.protocol.receive(ClientFrame.of(Opcode.BINARY, new byte[5]), 0, 11);
		recorder.protocol.close(CloseStatus.NORMAL);
		byte[] rest = Hex.join(ClientFrame.of(FIN, new byte[5]), ClientFrame.of(FIN | Opcode.TEXT, new byte[5]));
		assertThat(recorder.protocol.receive(rest, 0, rest.length)).isEqualTo(rest.length);
		assertThat(recorder.events).containsExactly("begin binary");
	}

	private static List<String> play(MessageKinds kinds, String hex) {
		return play(kinds, Compression.NONE, Hex.bytes(hex));
	}

	private static List<String> play(MessageKinds kinds, Compression compression, byte[] bytes) {
		return sameWithPauses(bytes, (pieces, pausing) -> new Recorder(kinds, compression, pausing).feed(pieces));
	}

	private static List<String> playCompressed(boolean contextTakeover, byte[] bytes) {
		return sameWithPauses(bytes, (pieces, pausing) -> playCompressed(contextTakeover, pieces, pausing));
	}

	private static List<String> sameWithPauses(byte[] bytes, BiFunction<List<byte[]>, Boolean, List<String>> run) {
		List<String> events = Splits.sameForEach(bytes, (pieces) -> run.apply(pieces, false));
		List<String> paused = Splits.sameForEach(bytes, (pieces) -> run.apply(pieces, true));
		assertThat(paused).isEqualTo(events);
		return events;
	}

	private static List<String> playCompressed(boolean contextTakeover, List<byte[]> pieces, boolean pausing) {
		DeflatePool pool = new DeflatePool(0);
		Compression compression = new PerMessageDeflate(new DeflateParameters(!contextTakeover, !contextTakeover, 15),
				new DeflateOptions(0, -1, contextTakeover), pool);
		List<String> events = new Recorder(BOTH, compression, pausing).feed(pieces);
		compression.close();
		assertThat(pool.live()).isZero();
		return events;
	}

	/** Without the end of the sync flush, as it travels. */
	private static byte[] deflate(byte[] data) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(data);
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		byte[] buffer = new byte[64 * 1024];
		int length;
		do {
			length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
			compressed.write(buffer, 0, length);
		}
		while (length == buffer.length);
		deflater.end();
		return Arrays.copyOf(compressed.toByteArray(), compressed.size() - 4);
	}

	/** Notes each message down when it ends, as its parts depend on the cuts. */
	private static final class Recorder implements ProtocolEvents {

		final List<String> events = new ArrayList<>();

		final WebSocketProtocol protocol;

		private final boolean pausing;

		private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

		Recorder(MessageKinds kinds, Compression compression, boolean pausing) {
			this.protocol = new WebSocketProtocol(LIMITS, compression, kinds, new TextWorkspace(), this);
			this.pausing = pausing;
		}

		List<String> feed(List<byte[]> pieces) {
			for (byte[] piece : pieces) {
				int calls = 0;
				for (int at = 0; at < piece.length; calls++) {
					assertThat(calls).as("progress").isLessThan(100);
					int taken = this.protocol.receive(piece, at, piece.length);
					assertThat(this.pausing || taken == piece.length).isTrue();
					// as a connection does with what was not taken
					Arrays.fill(piece, at, taken, (byte) 0x5a);
					at = taken;
				}
			}
			return this.events;
		}

		@Override
		public void onBegin(boolean text) {
			this.events.add(text ? "begin text" : "begin binary");
			this.parts.reset();
		}

		@Override
		public boolean onPart(byte[] bytes, int from, int to) {
			assertThat(to).isGreaterThan(from);
			this.parts.write(bytes, from, to - from);
			return !this.pausing;
		}

		@Override
		public void onEnd() {
			this.events.add("end " + Hex.of(this.parts.toByteArray()));
		}

		@Override
		public void onText(String text) {
			this.events.add("text " + text);
		}

		@Override
		public void onBinary(byte[] data) {
			this.events.add("binary " + Hex.of(data));
		}

		@Override
		public void onPing(byte[] payload) {
			this.events.add("ping " + Hex.of(payload));
		}

		@Override
		public void onPong(byte[] payload) {
			throw new AssertionError("no pong was sent");
		}

		@Override
		public void onClose(CloseStatus status) {
			throw new AssertionError("no close frame was sent");
		}

		@Override
		public void onFailure(CloseStatus status) {
			this.events.add("failure " + status);
		}

	}

	/** Always wants a pause, and measures what still comes. */
	private static final class Slow implements ProtocolEvents {

		final ByteArrayOutputStream received = new ByteArrayOutputStream();

		int sincePause;

		int most;

		boolean ended;

		@Override
		public void onBegin(boolean text) {
			assertThat(text).isFalse();
		}

		@Override
		public boolean onPart(byte[] bytes, int from, int to) {
			this.received.write(bytes, from, to - from);
			this.sincePause += to - from;
			this.most = Math.max(this.most, this.sincePause);
			return false;
		}

		@Override
		public void onEnd() {
			this.ended = true;
		}

		@Override
		public void onText(String text) {
			throw new AssertionError("no text was sent");
		}

		@Override
		public void onBinary(byte[] data) {
			throw new AssertionError("a stream was asked for");
		}

		@Override
		public void onPing(byte[] payload) {
			throw new AssertionError("no ping was sent");
		}

		@Override
		public void onPong(byte[] payload) {
			throw new AssertionError("no pong was sent");
		}

		@Override
		public void onClose(CloseStatus status) {
			throw new AssertionError("no close frame was sent");
		}

		@Override
		public void onFailure(CloseStatus status) {
			throw new AssertionError(status.toString());
		}

	}

}
