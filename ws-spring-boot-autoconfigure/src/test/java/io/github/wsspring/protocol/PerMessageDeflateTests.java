package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PerMessageDeflate}, alone and below a {@link WebSocketProtocol}.
 */
class PerMessageDeflateTests {

	private static final long SEED = Long.getLong("seed", System.nanoTime());

	private static final int TEXT = 0x81;

	private static final int COMPRESSED = 0x40;

	private static final int FIN = 0x80;

	private static final DeflateParameters ALONE = new DeflateParameters(true, true, 15);

	private static final DeflateParameters TAKING_OVER = new DeflateParameters(false, false, 15);

	private static final DeflateOptions EVERYTHING = new DeflateOptions(0, -1, false);

	private final DeflatePool pool = new DeflatePool(4);

	@AfterEach
	void nothingStaysLentOrKept() {
		this.pool.close();
		assertThat(this.pool.live()).isZero();
	}

	// RFC 7692 7.2.3.1
	@Test
	void helloTravelsAsInTheExampleOfOneBlock() {
		PreparedMessage hello = PreparedMessage.text("Hello");
		Frame frame = new PerMessageDeflate(ALONE, EVERYTHING, this.pool).prepare(hello);
		// seven bytes are no smaller than five
		assertThat(frame).isSameAs(hello.frame());
		assertThat(PerMessageDeflate.deflate("Hello".getBytes(StandardCharsets.UTF_8),
				new PerMessageDeflate.WireForm(-1, 15), this.pool))
			.isEqualTo(hex("f248cdc9c90700"));
		assertThat(receive(ALONE, "f248cdc9c90700")).containsExactly("Hello");
	}

	// RFC 7692 7.2.3.2
	@Test
	void secondHelloTravelsAsAReferenceToTheFirst() {
		PerMessageDeflate ours = new PerMessageDeflate(TAKING_OVER, new DeflateOptions(0, -1, true), this.pool);
		Frame hello = PreparedMessage.text("Hello").frame();
		assertThat(ours.finish(hello).payload()).isEqualTo(hex("f248cdc9c90700"));
		assertThat(ours.finish(hello).payload()).isEqualTo(hex("f200110000"));
		ours.close();
		assertThat(receive(TAKING_OVER, "f248cdc9c90700", "f200110000")).containsExactly("Hello", "Hello");
	}

	// RFC 7692 7.2.3.3
	@Test
	void blockWithoutCompressionIsRead() {
		assertThat(receive(ALONE, "000500faff48656c6c6f00")).containsExactly("Hello");
	}

	// RFC 7692 7.2.3.4
	@Test
	void blockThatSaysItIsTheLastIsRead() {
		for (DeflateParameters parameters : List.of(ALONE, TAKING_OVER)) {
			assertThat(receive(parameters, "f348cdc9c9070000", "f348cdc9c9070000")).containsExactly("Hello", "Hello");
		}
	}

	@Test
	void nothingNeedFollowABlockThatSaysItIsTheLast() {
		for (DeflateParameters parameters : List.of(ALONE, TAKING_OVER)) {
			assertThat(receive(parameters, "f348cdc9c90700", "f248cdc9c90700")).containsExactly("Hello", "Hello");
		}
	}

	@Test
	void blocksMayFollowOneThatSaysItIsTheLast() {
		for (DeflateParameters parameters : List.of(ALONE, TAKING_OVER)) {
			assertThat(receive(parameters, "f348cdc9c90700f248cdc9c90700", "f248cdc9c90700"))
				.containsExactly("HelloHello", "Hello");
		}
	}

	// RFC 7692 7.2.3.5
	@Test
	void messageOfTwoBlocksIsRead() {
		assertThat(receive(ALONE, "f248050000 00ffff cac9c90700")).containsExactly("Hello");
	}

	// RFC 7692 7.2.3.6
	@Test
	void emptyMessageIsReadAndTheContextSurvivesIt() {
		for (DeflateParameters parameters : List.of(ALONE, TAKING_OVER)) {
			assertThat(receive(parameters, "00", "", "0200", "f248cdc9c90700")).containsExactly("", "", "", "Hello");
		}
		assertThat(receive(TAKING_OVER, "f248cdc9c90700", "", "00", "f200110000")).containsExactly("Hello", "", "",
				"Hello");
	}

	@Test
	void emptyMessageGoesOutPlain() {
		PreparedMessage empty = PreparedMessage.text("");
		assertThat(new PerMessageDeflate(ALONE, EVERYTHING, this.pool).prepare(empty)).isSameAs(empty.frame());
		PerMessageDeflate takingOver = new PerMessageDeflate(TAKING_OVER, new DeflateOptions(0, -1, true), this.pool);
		assertThat(takingOver.finish(takingOver.prepare(empty))).isSameAs(empty.frame());
	}

	@Test
	void everySplitOfAMessageInFragmentsIsRead() throws Exception {
		String text = "Grüße, 世界 " + "and again ".repeat(5);
		byte[] payload = deflate(new Deflater(9, true), text.getBytes(StandardCharsets.UTF_8));
		for (int first = 0; first <= payload.length; first++) {
			for (int second = first; second <= payload.length; second++) {
				Received received = new Received();
				WebSocketProtocol protocol = protocol(ALONE, received);
				receive(protocol, frame(0x01 | COMPRESSED, Arrays.copyOfRange(payload, 0, first)));
				receive(protocol, frame(0x00, Arrays.copyOfRange(payload, first, second)));
				receive(protocol, frame(FIN, Arrays.copyOfRange(payload, second, payload.length)));
				assertThat(received.events).containsExactly(text);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 1000 })
	void fragmentsOfEachSizeAreRead(int size) throws Exception {
		byte[] data = compressible(5_000, 50);
		byte[] payload = deflate(new Deflater(6, true), data);
		Received received = new Received();
		WebSocketProtocol protocol = new WebSocketProtocol(new ProtocolLimits(5_000, 5_000, 10_000),
				new PerMessageDeflate(ALONE, EVERYTHING, this.pool), received);
		for (int from = 0; from < payload.length; from += size) {
			int to = Math.min(from + size, payload.length);
			int flags = ((from == 0) ? 0x02 | COMPRESSED : 0) | ((to == payload.length) ? FIN : 0);
			receive(protocol, frame(flags, Arrays.copyOfRange(payload, from, to)));
		}
		assertThat(received.binary).containsExactly(data);
	}

	@Test
	void everySplitOfTheBytesGivesTheSameMessages() {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		stream.writeBytes(frame(TEXT | COMPRESSED, hex("f248cdc9c90700")));
		stream.writeBytes(frame(TEXT, "plain".getBytes(StandardCharsets.UTF_8)));
		stream.writeBytes(frame(0x01 | COMPRESSED, hex("f200")));
		stream.writeBytes(frame(0x89, hex("01")));
		stream.writeBytes(frame(FIN, hex("110000")));
		byte[] bytes = stream.toByteArray();
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second++) {
				Received received = new Received();
				PerMessageDeflate compression = new PerMessageDeflate(TAKING_OVER, EVERYTHING, this.pool);
				WebSocketProtocol protocol = new WebSocketProtocol(ProtocolLimits.DEFAULTS, compression, received);
				receive(protocol, Arrays.copyOfRange(bytes, 0, first));
				receive(protocol, Arrays.copyOfRange(bytes, first, second));
				receive(protocol, Arrays.copyOfRange(bytes, second, bytes.length));
				assertThat(received.events).containsExactly("Hello", "plain", "ping", "Hello");
				compression.close();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 9, 10, 11, 12, 13, 14, 15 })
	void nothingRefersBackBeyondTheWindow(int bits) throws Exception {
		PerMessageDeflate compression = new PerMessageDeflate(new DeflateParameters(true, true, bits),
				new DeflateOptions(0, 9, false), this.pool);
		int window = 1 << bits;
		for (int size : new int[] { 2, 100, window - 1, window, window + 1, 3 * window, 3 * window + 17, 200_000 }) {
			for (int period : new int[] { 1, window / 2, window, window + 1, 2 * window }) {
				byte[] data = compressible(size, period);
				Frame frame = compression.prepare(PreparedMessage.binary(data));
				if ((frame.header()[0] & COMPRESSED) != 0) {
					assertThat(DeflateDistance.longest(withTail(frame.payload()))).isLessThanOrEqualTo(window);
					assertThat(inflate(new Inflater(true), frame.payload())).as("seed %d", SEED).isEqualTo(data);
				}
				else {
					assertThat(frame.payload()).isEqualTo(data);
				}
			}
		}
		// otherwise the above would hold for nothing
		Frame far = compression.prepare(PreparedMessage.binary(compressible(4 * window, window / 2)));
		assertThat(DeflateDistance.longest(withTail(far.payload()))).isEqualTo(window / 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1, 6, 9 })
	void everyLevelIsReadByAnIndependentInflater(int level) throws Exception {
		Random random = new Random(SEED);
		PerMessageDeflate compression = new PerMessageDeflate(ALONE, new DeflateOptions(0, level, false), this.pool);
		for (int i = 0; i < 300; i++) {
			byte[] data = compressible(1 + random.nextInt(3_000), 1 + random.nextInt(500));
			Frame frame = compression.prepare(PreparedMessage.binary(data));
			boolean compressed = (frame.header()[0] & COMPRESSED) != 0;
			assertThat(compressed ? inflate(new Inflater(true), frame.payload()) : frame.payload()).as("seed %d", SEED)
				.isEqualTo(data);
		}
	}

	@Test
	void ourContextIsTakenOverInTheOrderOfTheWire() throws Exception {
		PerMessageDeflate ours = new PerMessageDeflate(TAKING_OVER, new DeflateOptions(100, 9, true), this.pool);
		Inflater theirs = new Inflater(true);
		byte[] data = random(2_000);
		for (int i = 0; i < 20; i++) {
			byte[] message = Arrays.copyOf(data, 100 + i * 90);
			PreparedMessage prepared = PreparedMessage.binary(message);
			assertThat(ours.prepare(prepared)).isSameAs(prepared.frame());
			Frame frame = ours.finish(prepared.frame());
			assertThat(frame.header()[0] & COMPRESSED).isNotZero();
			assertThat(inflate(theirs, frame.payload())).isEqualTo(message);
			if (i > 0) {
				assertThat(frame.payload()).hasSizeLessThan(150);
			}
			Frame small = PreparedMessage.text("plain").frame();
			assertThat(ours.finish(small)).isSameAs(small);
			Frame ping = Frame.ping(new byte[100]);
			assertThat(ours.finish(ping)).isSameAs(ping);
		}
		ours.close();
		theirs.end();
	}

	@Test
	void theirContextIsTakenOver() throws Exception {
		Deflater theirs = new Deflater(9, true);
		byte[] data = random(2_000);
		Received received = new Received();
		PerMessageDeflate ours = new PerMessageDeflate(TAKING_OVER, EVERYTHING, this.pool);
		WebSocketProtocol protocol = new WebSocketProtocol(ProtocolLimits.DEFAULTS, ours, received);
		for (int i = 0; i < 20; i++) {
			byte[] payload = deflate(theirs, data);
			assertThat(payload.length < 100).isEqualTo(i > 0);
			receive(protocol, frame(0x82 | COMPRESSED, payload));
			receive(protocol, frame(TEXT, "plain".getBytes(StandardCharsets.UTF_8)));
			assertThat(received.binary).hasSize(i + 1).last().isEqualTo(data);
		}
		ours.close();
		theirs.end();
	}

	@Test
	void withoutTakeoverAReferenceToAnEarlierMessageIsRefused() {
		assertThat(receive(ALONE, "f248cdc9c90700", "f200110000")).containsExactly("Hello", "1007");
	}

	@ParameterizedTest
	@CsvSource({ "99,false", "100,true", "101,true" })
	void messagesOfTheThresholdAndAboveAreCompressed(int size, boolean compressed) {
		PreparedMessage message = PreparedMessage.binary(new byte[size]);
		DeflateOptions alone = new DeflateOptions(100, -1, false);
		Frame frame = new PerMessageDeflate(ALONE, alone, this.pool).prepare(message);
		assertThat((frame.header()[0] & COMPRESSED) != 0).isEqualTo(compressed);
		PerMessageDeflate takingOver = new PerMessageDeflate(TAKING_OVER, new DeflateOptions(100, -1, true), this.pool);
		assertThat((takingOver.finish(message.frame()).header()[0] & COMPRESSED) != 0).isEqualTo(compressed);
		takingOver.close();
	}

	@Test
	void whatDoesNotGetSmallerStaysPlain() {
		for (int size : new int[] { 1, 5, 100, 1024, 70_000 }) {
			PreparedMessage message = PreparedMessage.binary(random(size));
			assertThat(new PerMessageDeflate(ALONE, EVERYTHING, this.pool).prepare(message)).as("seed %d", SEED)
				.isSameAs(message.frame());
		}
	}

	// RFC 7692 6.1
	@Test
	void rsv1IsForTheFirstFrameOfADataMessageAlone() {
		byte[] hello = hex("f248cdc9c90700");
		assertThat(events(frame(0x01 | COMPRESSED, hello), frame(FIN | COMPRESSED, hex("00")))).containsExactly("1002");
		assertThat(events(frame(0x01, hex("6869")), frame(FIN | COMPRESSED, hello))).containsExactly("1002");
		assertThat(events(frame(0x88 | COMPRESSED, hex("03e8")))).containsExactly("1002");
		assertThat(events(frame(0x89 | COMPRESSED, hex("00")))).containsExactly("1002");
		assertThat(events(frame(0x8a | COMPRESSED, hex("00")))).containsExactly("1002");
		assertThat(events(frame(TEXT | 0x20, hello))).containsExactly("1002");
		assertThat(events(frame(TEXT | 0x10, hello))).containsExactly("1002");
		assertThat(events(frame(TEXT | COMPRESSED | 0x20, hello))).containsExactly("1002");
		assertThat(events(frame(TEXT | COMPRESSED, hello), frame(TEXT, hex("6869")))).containsExactly("Hello", "hi");
		Received received = new Received();
		receive(new WebSocketProtocol(ProtocolLimits.DEFAULTS, Compression.NONE, received),
				frame(TEXT | COMPRESSED, hello));
		assertThat(received.events).containsExactly("1002");
	}

	@ParameterizedTest
	@CsvSource({ "999,true", "1000,true", "1001,false", "100000,false" })
	void messageMayInflateToTheLimit(int size, boolean allowed) throws Exception {
		for (byte[] data : List.of(new byte[size], random(size))) {
			for (boolean fragmented : new boolean[] { false, true }) {
				byte[] payload = deflate(new Deflater(9, true), data);
				Received received = new Received();
				PerMessageDeflate compression = new PerMessageDeflate(ALONE, EVERYTHING, this.pool);
				WebSocketProtocol protocol = new WebSocketProtocol(new ProtocolLimits(1_000, 1_000, 10), compression,
						received);
				int cut = fragmented ? Math.min(payload.length / 2, 500) : 0;
				if (fragmented) {
					receive(protocol, frame(0x02 | COMPRESSED, Arrays.copyOf(payload, cut)));
				}
				receive(protocol,
						frame(fragmented ? FIN : 0x82 | COMPRESSED, Arrays.copyOfRange(payload, cut, payload.length)));
				assertThat(received.events).containsExactly(allowed ? "binary" : "1009");
				compression.close();
			}
		}
	}

	@Test
	void bombStopsNoFartherThan16KibPastTheLimit() throws Exception {
		int limit = 64 * 1024;
		byte[] bomb = deflate(new Deflater(9, true), new byte[50_000_000]);
		PerMessageDeflate compression = new PerMessageDeflate(ALONE, EVERYTHING, this.pool);
		int[] inflated = new int[1];
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> compression.inflate(bomb, 0, bomb.length, true, (bytes, length) -> {
				inflated[0] += length;
				if (inflated[0] > limit) {
					throw ProtocolException.tooBig("bomb");
				}
				return true;
			}));
		assertThat(inflated[0]).isBetween(limit + 1, limit + 16 * 1024);
		compression.close();
	}

	@Test
	void thousandBombsLeaveNothingBehind() throws Exception {
		byte[] bomb = deflate(new Deflater(9, true), new byte[5_000_000]);
		for (int i = 0; i < 1_000; i++) {
			Received received = new Received();
			PerMessageDeflate compression = new PerMessageDeflate((i % 2 == 0) ? ALONE : TAKING_OVER, EVERYTHING,
					this.pool);
			receive(new WebSocketProtocol(ProtocolLimits.DEFAULTS, compression, received),
					frame(0x82 | COMPRESSED, bomb));
			assertThat(received.events).containsExactly("1009");
			compression.close();
			assertThat(this.pool.live()).isLessThanOrEqualTo(4);
		}
	}

	@Test
	void blocksWithoutContentAreBoundedAsWell() {
		ByteArrayOutputStream blocks = new ByteArrayOutputStream();
		for (int i = 0; i < 20_000; i++) {
			blocks.writeBytes(hex("000000ffff"));
		}
		assertThat(events(frame(TEXT | COMPRESSED, blocks.toByteArray()))).containsExactly("1009");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ff", "c0af", "eda080", "f5808080", "e282", "61e2", "80" })
	void textIsCheckedAfterInflating(String bytes) throws Exception {
		byte[] payload = deflate(new Deflater(-1, true), hex(bytes));
		assertThat(events(frame(TEXT | COMPRESSED, payload))).containsExactly("1007");
		assertThat(events(frame(0x82 | COMPRESSED, payload))).containsExactly("binary");
	}

	@Test
	void whatIsNoDeflateIsRefused() {
		for (DeflateParameters parameters : List.of(ALONE, TAKING_OVER)) {
			assertThat(receive(parameters, "ffffffff")).containsExactly("1007");
			assertThat(receive(parameters, "07")).containsExactly("1007");
			// a block of 5 bytes whose length is not what its complement says
			assertThat(receive(parameters, "000500ffff48656c6c6f00")).containsExactly("1007");
		}
	}

	@Test
	void messageThatIsCutAnywhereIsRefused() throws Exception {
		Random random = new Random(SEED);
		for (int kind = 0; kind < 3; kind++) {
			byte[] data = switch (kind) {
				case 0 -> random(300);
				case 1 -> compressible(400, 30);
				default -> "The quick brown fox jumps over the lazy dog. ".repeat(3).getBytes(StandardCharsets.UTF_8);
			};
			byte[] payload = deflate(new Deflater(1 + random.nextInt(9), true), data);
			// the first byte of a stored block is a whole message: an empty one
			for (int length = (kind == 0) ? 2 : 1; length < payload.length - 1; length++) {
				assertThat(events(frame(0x82 | COMPRESSED, Arrays.copyOf(payload, length))))
					.as("seed %d, %d of %d bytes", SEED, length, payload.length)
					.containsExactly("1007");
			}
		}
	}

	@Test
	void storedBlockThatIsCutIsRefusedAlsoWhereTheContextIsTakenOver() {
		assertThat(receive(TAKING_OVER, "000500faff48656c")).containsExactly("1007");
	}

	@Test
	void randomBytesMakeNoOtherFailureThanAProtocolError() {
		Random random = new Random(SEED);
		for (int i = 0; i < 5_000; i++) {
			byte[] payload = new byte[random.nextInt(40)];
			random.nextBytes(payload);
			DeflateParameters parameters = random.nextBoolean() ? ALONE : TAKING_OVER;
			Received received = new Received();
			PerMessageDeflate compression = new PerMessageDeflate(parameters, EVERYTHING, this.pool);
			WebSocketProtocol protocol = new WebSocketProtocol(ProtocolLimits.DEFAULTS, compression, received);
			receive(protocol, frame(0x82 | COMPRESSED, payload));
			assertThat(received.events).as("seed %d", SEED).singleElement().asString().isIn("binary", "1007", "1009");
			compression.close();
		}
	}

	@Test
	void afterCloseNothingIsBorrowedAnyMore() throws Exception {
		for (DeflateParameters parameters : List.of(ALONE, TAKING_OVER)) {
			PerMessageDeflate compression = new PerMessageDeflate(parameters, new DeflateOptions(0, -1, true),
					this.pool);
			compression.inflate(hex("f248"), 0, 2, false, (bytes, length) -> true);
			compression.close();
			compression.close();
			int live = this.pool.live();
			compression.inflate(hex("cdc9c90700"), 0, 5, true, (bytes, length) -> {
				throw new AssertionError("Inflated after close");
			});
			Frame hello = PreparedMessage.text("Hello").frame();
			assertThat(compression.finish(hello)).isSameAs(hello);
			assertThat(this.pool.live()).isEqualTo(live);
		}
	}

	@Test
	void tenThousandConnectionsResetInAMessageLeaveNothingBehind() throws Exception {
		byte[] half = hex("f248cd");
		for (int i = 0; i < 10_000; i++) {
			PerMessageDeflate compression = new PerMessageDeflate((i % 3 == 0) ? ALONE : TAKING_OVER,
					new DeflateOptions(0, -1, true), this.pool);
			compression.inflate(half, 0, half.length, false, (bytes, length) -> true);
			compression.finish(PreparedMessage.text("Hello").frame());
			compression.close();
			assertThat(this.pool.live()).isLessThanOrEqualTo(8);
		}
	}

	private List<String> receive(DeflateParameters parameters, String... payloads) {
		Received received = new Received();
		PerMessageDeflate compression = new PerMessageDeflate(parameters, EVERYTHING, this.pool);
		WebSocketProtocol protocol = new WebSocketProtocol(ProtocolLimits.DEFAULTS, compression, received);
		for (String payload : payloads) {
			receive(protocol, frame(TEXT | COMPRESSED, hex(payload)));
		}
		compression.close();
		return received.events;
	}

	private List<String> events(byte[]... frames) {
		Received received = new Received();
		PerMessageDeflate compression = new PerMessageDeflate(ALONE, EVERYTHING, this.pool);
		WebSocketProtocol protocol = new WebSocketProtocol(ProtocolLimits.DEFAULTS, compression, received);
		for (byte[] frame : frames) {
			receive(protocol, frame);
		}
		compression.close();
		return received.events;
	}

	private WebSocketProtocol protocol(DeflateParameters parameters, Received received) {
		return new WebSocketProtocol(ProtocolLimits.DEFAULTS, new PerMessageDeflate(parameters, EVERYTHING, this.pool),
				received);
	}

	private static void receive(WebSocketProtocol protocol, byte[] bytes) {
		protocol.receive(bytes.clone(), 0, bytes.length);
	}

	/** A client's frame with a key of zeros, which leaves the payload as it is. */
	private static byte[] frame(int flags, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(flags);
		if (payload.length < 126) {
			frame.write(0x80 | payload.length);
		}
		else if (payload.length < 0x10000) {
			frame.writeBytes(new byte[] { (byte) 0xfe, (byte) (payload.length >> 8), (byte) payload.length });
		}
		else {
			frame.writeBytes(new byte[] { (byte) 0xff, 0, 0, 0, 0, 0, (byte) (payload.length >> 16),
					(byte) (payload.length >> 8), (byte) payload.length });
		}
		frame.writeBytes(new byte[4]);
		frame.writeBytes(payload);
		return frame.toByteArray();
	}

	private static byte[] deflate(Deflater deflater, byte[] data) {
		byte[] buffer = new byte[2 * data.length + 1_000];
		deflater.setInput(data);
		int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(buffer, length - 4);
	}

	private static byte[] inflate(Inflater inflater, byte[] payload) throws DataFormatException {
		inflater.setInput(withTail(payload));
		ByteArrayOutputStream data = new ByteArrayOutputStream();
		byte[] buffer = new byte[8_000];
		for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
			data.write(buffer, 0, count);
		}
		assertThat(inflater.getRemaining()).isZero();
		return data.toByteArray();
	}

	private static byte[] withTail(byte[] payload) {
		byte[] whole = Arrays.copyOf(payload, payload.length + 4);
		whole[payload.length + 2] = (byte) 0xff;
		whole[payload.length + 3] = (byte) 0xff;
		return whole;
	}

	/** Random bytes that come again after so many. */
	private static byte[] compressible(int size, int period) {
		byte[] pattern = random(period);
		byte[] data = new byte[size];
		for (int i = 0; i < size; i++) {
			data[i] = pattern[i % period];
		}
		return data;
	}

	private static byte[] random(int size) {
		byte[] data = new byte[size];
		new Random(SEED).nextBytes(data);
		return data;
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	private static final class Received implements ProtocolEvents {

		private final List<String> events = new ArrayList<>();

		private final List<byte[]> binary = new ArrayList<>();

		@Override
		public void onText(String text) {
			this.events.add(text);
		}

		@Override
		public void onBinary(byte[] data) {
			this.events.add("binary");
			this.binary.add(data);
		}

		@Override
		public void onPing(byte[] payload) {
			this.events.add("ping");
		}

		@Override
		public void onPong(byte[] payload) {
			this.events.add("pong");
		}

		@Override
		public void onClose(CloseStatus status) {
			this.events.add("close");
		}

		@Override
		public void onFailure(CloseStatus status) {
			this.events.add(String.valueOf(status.code()));
		}

	}

}
