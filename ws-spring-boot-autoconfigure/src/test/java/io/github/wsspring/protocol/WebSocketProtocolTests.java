package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.wsspring.protocol.WebSocketProtocol.State;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The rules of RFC 6455 as a peer can break or keep them. Most frames have a masking key
 * of zero, so that their payload can be read.
 */
class WebSocketProtocolTests {

	private static final int FIN = 0x80;

	private static final int BINARY = 0x2;

	private static byte[] someBytes(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (i * 31 + (i >> 8));
		}
		return bytes;
	}

	/** RFC 6455, sections 5.1 to 5.3. */
	@Nested
	class Framing {

		@Test
		void theExamplesOfSection57AreRead() {
			assertThat(Received.from("81 85 37fa213d 7f9f4d5158")).containsExactly("text Hello");
			assertThat(Received.from("8a 85 37fa213d 7f9f4d5158")).containsExactly("pong 48656c6c6f");
		}

		@ParameterizedTest
		@ValueSource(strings = { "81 05 48656c6c6f", "82 00", "89 00", "88 00", "01 03 48656c", "82 7e 0100",
				"82 7f 0000000000010000" })
		void framesThatAreNotMaskedFail(String hex) {
			assertThat(Received.from(hex)).containsExactly("failure 1002 frame is not masked");
		}

		@ParameterizedTest
		@ValueSource(strings = { "c1", "a1", "91", "f1", "c0", "c8", "a9", "9a" })
		void reservedBitsFail(String first) {
			assertThat(Received.from(first + "80 00000000")).containsExactly("failure 1002 reserved bit is set");
		}

		@ParameterizedTest
		@ValueSource(ints = { 0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf })
		void reservedOpcodesFail(int opcode) {
			assertThat(Received.from(ClientFrame.of(FIN | opcode, new byte[0])))
				.containsExactly("failure 1002 opcode " + opcode + " is reserved");
			assertThat(Received.from(ClientFrame.of(opcode, someBytes(5))))
				.containsExactly("failure 1002 opcode " + opcode + " is reserved");
		}

		@ParameterizedTest
		@CsvSource({ "0, 7", "1, 7", "125, 7", "126, 16", "127, 16", "128, 16", "65535, 16", "65536, 64" })
		void lengthsAreReadInEachOfTheirThreeForms(int length, int bits) {
			assertThat(ClientFrame.lengthBits(length)).isEqualTo(bits);
			byte[] data = someBytes(length);
			ProtocolLimits limits = new ProtocolLimits(65536, 65536, 1);
			byte[] twice = Hex.join(ClientFrame.of(FIN | BINARY, data), ClientFrame.of(FIN | BINARY, data, 0x80ff007f));
			assertThat(Received.from(limits, twice)).containsExactly(Received.binary(data), Received.binary(data));
		}

		@ParameterizedTest
		@CsvSource({ "16, 0", "16, 1", "16, 125", "64, 0", "64, 125", "64, 126", "64, 65535" })
		void lengthsMustTakeTheLeastNumberOfOctets(int bits, long length) {
			byte[] header = ClientFrame.header(FIN | BINARY, bits, length, ClientFrame.KEY);
			assertThat(Received.from(header)).containsExactly("failure 1002 frame length is not minimal");
		}

		@ParameterizedTest
		@ValueSource(longs = { Long.MIN_VALUE, Long.MIN_VALUE + 5, -1, -65536 })
		void lengthsWithTheHighestBitFail(long length) {
			byte[] header = ClientFrame.header(FIN | BINARY, 64, length, ClientFrame.KEY);
			assertThat(Received.from(header)).containsExactly("failure 1002 frame length has its highest bit set");
		}

		@Test
		void anIncompleteHeaderIsNoEvent() {
			byte[] frame = ClientFrame.header(FIN | BINARY, 64, 70000, ClientFrame.KEY);
			for (int length = 0; length < frame.length; length++) {
				assertThat(Received.from(Arrays.copyOf(frame, length))).isEmpty();
			}
		}

		@Test
		void anIncompletePayloadIsNoEvent() {
			byte[] frame = ClientFrame.of(FIN | BINARY, someBytes(30));
			for (int length = 6; length < frame.length; length++) {
				assertThat(Received.from(Arrays.copyOf(frame, length))).isEmpty();
			}
		}

	}

	/** RFC 6455, section 5.4. */
	@Nested
	class Fragments {

		@Test
		void fragmentsBecomeOneMessage() {
			assertThat(Received.from("01 83 00000000 48656c  80 82 00000000 6c6f")).containsExactly("text Hello");
			assertThat(Received.from("02 81 00000000 01  00 81 00000000 02  80 81 00000000 03"))
				.containsExactly("binary 010203");
		}

		@Test
		void eachFragmentHasItsOwnMaskingKey() {
			byte[] bytes = Hex.join(ClientFrame.of(BINARY, Hex.bytes("010203"), 0x11223344),
					ClientFrame.of(0, Hex.bytes("0405060708"), 0xfedcba98), ClientFrame.of(FIN, Hex.bytes("09"), 0));
			assertThat(Received.from(bytes)).containsExactly("binary 010203040506070809");
		}

		@Test
		void fragmentsMayBeEmpty() {
			assertThat(Received.from("01 80 00000000  80 80 00000000")).containsExactly("text ");
			assertThat(Received.from("01 80 00000000  00 81 00000000 61  00 80 00000000  80 80 00000000"))
				.containsExactly("text a");
			assertThat(Received.from("02 80 00000000  80 81 00000000 07")).containsExactly("binary 07");
		}

		@Test
		void controlFramesMayComeBetweenFragments() {
			assertThat(Received.from("01 83 00000000 48656c  89 81 00000000 01  8a 80 00000000  80 82 00000000 6c6f"))
				.containsExactly("ping 01", "pong ", "text Hello");
		}

		@Test
		void aCloseFrameMayComeBetweenFragments() {
			assertThat(Received.from("01 83 00000000 48656c  88 82 00000000 03e8  80 82 00000000 6c6f"))
				.containsExactly("close 1000");
		}

		@ParameterizedTest
		@ValueSource(strings = { "01", "81", "02", "82" })
		void aMessageMustNotBeginBeforeTheLastOneEnded(String first) {
			assertThat(Received.from("01 83 00000000 48656c " + first + "81 00000000 61"))
				.containsExactly("failure 1002 new message begins before the last one ended");
		}

		@ParameterizedTest
		@ValueSource(strings = { "00", "80" })
		void aContinuationMustContinueSomething(String first) {
			String expected = "failure 1002 continuation without a message";
			assertThat(Received.from(first + "81 00000000 61")).containsExactly(expected);
			assertThat(Received.from("81 81 00000000 61" + first + "81 00000000 61")).containsExactly("text a",
					expected);
			assertThat(Received.from("01 80 00000000 80 80 00000000" + first + "80 00000000")).containsExactly("text ",
					expected);
		}

		@Test
		void messagesDoNotSeeTheOnesBefore() {
			assertThat(Received.from("02 81 00000000 01  80 81 00000000 02  82 81 00000000 03"
					+ "01 81 00000000 61  80 80 00000000  81 80 00000000"))
				.containsExactly("binary 0102", "binary 03", "text a", "text ");
		}

	}

	/** RFC 6455, section 5.5. */
	@Nested
	class ControlFrames {

		@ParameterizedTest
		@ValueSource(strings = { "08", "09", "0a" })
		void controlFramesMustNotBeFragmented(String first) {
			assertThat(Received.from(first + "80 00000000"))
				.containsExactly("failure 1002 control frame is fragmented");
		}

		@ParameterizedTest
		@ValueSource(ints = { 0x88, 0x89, 0x8a })
		void controlFramesMustNotBeLongerThan125Bytes(int first) {
			assertThat(Received.from(ClientFrame.header(first, 16, 126, 0)))
				.containsExactly("failure 1002 control frame of 126 bytes is over the limit of 125");
			assertThat(Received.from(ClientFrame.header(first, 64, 65536, 0)))
				.containsExactly("failure 1002 control frame of 65536 bytes is over the limit of 125");
		}

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 124, 125 })
		void pingsAndPongsBringTheirPayload(int length) {
			byte[] payload = someBytes(length);
			assertThat(Received.from(Hex.join(ClientFrame.of(0x89, payload), ClientFrame.of(0x8a, payload))))
				.containsExactly("ping " + Hex.of(payload), "pong " + Hex.of(payload));
		}

		@Test
		void controlFramesAreNotHeldToTheLimitsOfMessages() {
			ProtocolLimits tight = new ProtocolLimits(1, 1, 1);
			byte[] payload = someBytes(125);
			assertThat(Received.from(tight, Hex.join(ClientFrame.of(0x89, payload), ClientFrame.of(0x8a, payload))))
				.containsExactly("ping " + Hex.of(payload), "pong " + Hex.of(payload));
		}

	}

	/** RFC 6455, sections 5.5.1, 7.1 and 7.4. */
	@Nested
	class CloseFrames {

		@Test
		void aCloseFrameMayBeEmpty() {
			assertThat(Received.from("88 80 00000000")).containsExactly("close 1005");
		}

		@Test
		void aCloseFrameOfOneByteFails() {
			assertThat(Received.from("88 81 00000000 03")).containsExactly("failure 1002 close frame of one byte");
		}

		@ParameterizedTest
		@ValueSource(ints = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
				4999 })
		void closeCodesThatMayBeSentAreTaken(int code) {
			byte[] payload = { (byte) (code >> 8), (byte) code };
			assertThat(Received.from(ClientFrame.of(0x88, payload))).containsExactly("close " + code);
		}

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32768, 65535 })
		void closeCodesThatMayNotBeSentFail(int code) {
			byte[] payload = { (byte) (code >> 8), (byte) code };
			assertThat(Received.from(ClientFrame.of(0x88, payload)))
				.containsExactly("failure 1002 close code " + code + " may not be sent");
		}

		@Test
		void aCloseFrameMayBringAReason() {
			assertThat(Received.from("88 85 00000000 03e8 627965")).containsExactly("close 1000 bye");
			assertThat(Received.from("88 85 00000000 0fa0 e282ac")).containsExactly("close 4000 \u20ac");
			byte[] longest = Hex.join(Hex.bytes("03e9"), "x".repeat(123).getBytes(StandardCharsets.UTF_8));
			assertThat(Received.from(ClientFrame.of(0x88, longest))).containsExactly("close 1001 " + "x".repeat(123));
		}

		@ParameterizedTest
		@ValueSource(strings = { "83 00000000 03e8 ff", "84 00000000 03e8 e282", "85 00000000 03e8 eda080" })
		void aCloseReasonMustBeUtf8(String hex) {
			assertThat(Received.from("88" + hex)).containsExactly("failure 1007 close reason is not UTF-8");
		}

		@ParameterizedTest
		@ValueSource(strings = { "81 81 00000000 61", "89 80 00000000", "88 80 00000000", "81 01 61", "ff ff" })
		void whateverFollowsACloseFrameIsDiscarded(String hex) {
			assertThat(Received.from("88 82 00000000 03e8" + hex)).containsExactly("close 1000");
		}

		@ParameterizedTest
		@ValueSource(strings = { "81 81 00000000 61", "89 80 00000000", "88 80 00000000", "81 01 61", "ff ff" })
		void whateverFollowsAFaultIsDiscarded(String hex) {
			assertThat(Received.from("83 80 00000000" + hex)).containsExactly("failure 1002 opcode 3 is reserved");
		}

		@Test
		void whatCameBeforeACloseFrameIsDelivered() {
			assertThat(Received.from("81 81 00000000 61  89 80 00000000  88 82 00000000 03e8"))
				.containsExactly("text a", "ping ", "close 1000");
		}

	}

	/** RFC 6455, sections 5.6 and 8.1. */
	@Nested
	class Data {

		@Test
		void textIsUtf8() {
			assertThat(Received.from("81 8a 00000000 24 c2a2 e282ac f0908d88"))
				.containsExactly("text $\u00a2\u20ac\ud800\udf48");
		}

		@Test
		void theReplacementCharacterAndTheByteOrderMarkAreText() {
			assertThat(Received.from("81 86 00000000 efbfbd efbbbf")).containsExactly("text \ufffd\ufeff");
			assertThat(Received.from("01 84 00000000 efbfbd ef  80 82 00000000 bbbf"))
				.containsExactly("text \ufffd\ufeff");
		}

		@Test
		void charactersMayBeCutByFragments() {
			assertThat(Received.from("01 81 00000000 e2  00 81 00000000 82  80 81 00000000 ac"))
				.containsExactly("text \u20ac");
			assertThat(Received.from("01 82 00000000 f090  00 80 00000000  89 80 00000000  80 82 00000000 8d88"))
				.containsExactly("ping ", "text \ud800\udf48");
		}

		@ParameterizedTest
		@ValueSource(strings = { "81 81 00000000 80", "81 82 00000000 c080", "81 83 00000000 eda080",
				"81 84 00000000 f4908080", "81 82 00000000 e282", "81 84 00000000 efbfbd ff",
				"01 81 00000000 e2  80 80 00000000", "01 81 00000000 e2  80 81 00000000 61",
				"01 80 00000000  80 81 00000000 ff" })
		void textThatIsNotUtf8Fails(String hex) {
			assertThat(Received.from(hex)).containsExactly("failure 1007 text is not UTF-8");
		}

		@Test
		void textThatIsNotUtf8FailsBeforeItsMessageIsComplete() {
			assertThat(Received.from("01 82 00000000 61ff")).containsExactly("failure 1007 text is not UTF-8");
			assertThat(Received.from("81 8a 00000000 ed a0")).containsExactly("failure 1007 text is not UTF-8");
		}

		@Test
		void binaryDataIsNotHeldToUtf8() {
			assertThat(Received.from("82 82 00000000 c0ff")).containsExactly("binary c0ff");
			assertThat(Received.from("02 81 00000000 e2  80 80 00000000")).containsExactly("binary e2");
		}

		@Test
		void messagesMayBeEmpty() {
			assertThat(Received.from("81 80 00000000  82 80 00000000")).containsExactly("text ", "binary ");
		}

	}

	/** RFC 6455, section 10.4. */
	@Nested
	class Limits {

		private final ProtocolLimits limits = new ProtocolLimits(20, 10, 4);

		@Test
		void aMessageMayBeAsBigAsItsLimit() {
			byte[] half = someBytes(10);
			byte[] bytes = Hex.join(ClientFrame.of(BINARY, half), ClientFrame.of(FIN, half));
			assertThat(Received.from(this.limits, bytes)).containsExactly("binary " + Hex.of(half) + Hex.of(half));
		}

		@Test
		void aMessageOverItsLimitFailsAtTheHeader() {
			byte[] bytes = Hex.join(ClientFrame.of(BINARY, someBytes(10)), ClientFrame.of(0, someBytes(10)),
					ClientFrame.header(FIN, 7, 1, ClientFrame.KEY));
			assertThat(Received.from(this.limits, bytes))
				.containsExactly("failure 1009 message of 21 bytes or more is over the limit of 20");
		}

		@Test
		void aFrameMayBeAsBigAsItsLimit() {
			byte[] data = someBytes(10);
			assertThat(Received.from(this.limits, ClientFrame.of(FIN | BINARY, data)))
				.containsExactly("binary " + Hex.of(data));
		}

		@ParameterizedTest
		@ValueSource(longs = { 11, 125, 126, 65536, Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE })
		void aFrameOverItsLimitFailsAtTheHeader(long length) {
			byte[] header = ClientFrame.header(FIN | BINARY, ClientFrame.lengthBits(length), length, ClientFrame.KEY);
			assertThat(Received.from(this.limits, header))
				.containsExactly("failure 1009 frame of " + length + " bytes is over the limit of 10");
		}

		@Test
		void aContinuationOverItsLimitFailsAtTheHeader() {
			byte[] bytes = Hex.join(ClientFrame.of(BINARY, someBytes(1)),
					ClientFrame.header(FIN, 64, Long.MAX_VALUE, 0));
			assertThat(Received.from(this.limits, bytes))
				.containsExactly("failure 1009 frame of " + Long.MAX_VALUE + " bytes is over the limit of 10");
		}

		@Test
		void oneFrameMayFillAMessage() {
			ProtocolLimits one = new ProtocolLimits(10, 100, 4);
			assertThat(Received.from(one, ClientFrame.of(FIN | BINARY, someBytes(10))))
				.containsExactly(Received.binary(someBytes(10)));
			assertThat(Received.from(one, ClientFrame.header(FIN | BINARY, 7, 11, 0)))
				.containsExactly("failure 1009 message of 11 bytes or more is over the limit of 10");
		}

		@Test
		void aMessageMayHaveAsManyFragmentsAsItsLimit() {
			assertThat(Received.from(this.limits,
					Hex.bytes("0281 00000000 01 0081 00000000 02 0081 00000000 03 8081 00000000 04")))
				.containsExactly("binary 01020304");
		}

		@Test
		void aMessageMustNotHaveMoreFragmentsThanItsLimit() {
			assertThat(Received.from(this.limits,
					Hex.bytes("0281 00000000 01 0081 00000000 02 0081 00000000 03 0081 00000000 04 8080 00000000")))
				.containsExactly("failure 1009 message has more than 4 fragments");
		}

		@Test
		void emptyFragmentsCount() {
			byte[] fragment = Hex.bytes("00 80 00000000");
			byte[] bytes = Hex.join(Hex.bytes("01 80 00000000"), fragment, fragment, fragment, fragment);
			assertThat(Received.from(this.limits, bytes))
				.containsExactly("failure 1009 message has more than 4 fragments");
		}

		@Test
		void controlFramesAreNotFragments() {
			byte[] ping = Hex.bytes("89 80 00000000");
			byte[] bytes = Hex.join(Hex.bytes("01 80 00000000"), ping, ping, ping, ping, ping,
					Hex.bytes("80 80 00000000"));
			assertThat(Received.from(this.limits, bytes)).containsExactly("ping ", "ping ", "ping ", "ping ", "ping ",
					"text ");
		}

		@Test
		void eachMessageCountsFromZero() {
			byte[] message = Hex.join(ClientFrame.of(BINARY, someBytes(10)), ClientFrame.of(0, someBytes(8)),
					ClientFrame.of(0, someBytes(1)), ClientFrame.of(FIN, someBytes(1)));
			assertThat(Received.from(this.limits, Hex.join(message, message, message))).hasSize(3)
				.allMatch((event) -> event.startsWith("binary "));
		}

		@Test
		void aMillionEmptyFragmentsAreCutOffAtTheirLimit() {
			Received received = new Received();
			received.feed("01 80 00000000");
			for (int i = 0; i < 1023; i++) {
				received.feed("00 80 00000000");
			}
			assertThat(received.events()).isEmpty();
			received.feed("00 80 00000000");
			assertThat(received.events()).containsExactly("failure 1009 message has more than 1024 fragments");
		}

		@Test
		void limitsMustBePositive() {
			assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolLimits(0, 1, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolLimits(1, 0, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolLimits(1, 1, 0))
				.withMessage("Limits must be positive: message 1 bytes, frame 1 bytes, 0 fragments");
		}

	}

	/** RFC 6455, section 7. */
	@Nested
	class States {

		private static final String CLOSE = "88 82 00000000 03e8";

		private static final String FAULT = "83 80 00000000";

		private final Received received = new Received();

		private final WebSocketProtocol protocol = this.received.protocol();

		private void assertState(State state, boolean speaks) {
			assertThat(this.protocol.state()).isEqualTo(state);
			assertThat(this.protocol.state().speaks()).isEqualTo(speaks);
			assertThat(this.protocol).asString().startsWith(state.toString());
		}

		private void assertNothingIsHeard() {
			this.received.events().clear();
			this.received.feed("81 81 00000000 61  89 80 00000000  8a 80 00000000" + CLOSE + FAULT);
			assertThat(this.received.events()).isEmpty();
		}

		@Test
		void itBeginsOpen() {
			assertState(State.OPEN, true);
		}

		@Test
		void ourCloseFrameEndsOurSide() {
			Frame frame = this.protocol.close(new CloseStatus(1001, "bye"));
			assertThat(frame).isNotNull();
			assertThat(Hex.of(frame.header()) + Hex.of(frame.payload())).isEqualTo("880503e9627965");
			assertState(State.CLOSE_SENT, false);
			assertThat(this.protocol.close(CloseStatus.NORMAL)).isNull();
			assertState(State.CLOSE_SENT, false);
		}

		@Test
		void thePeersCloseFrameEndsItsSide() {
			this.received.feed(CLOSE);
			assertState(State.CLOSE_RECEIVED, true);
			assertNothingIsHeard();
			assertThat(this.protocol.close(CloseStatus.NORMAL)).isNotNull();
			assertState(State.CLOSED, false);
			assertThat(this.protocol.close(CloseStatus.NORMAL)).isNull();
			assertNothingIsHeard();
		}

		@Test
		void thePeersFaultEndsItsSide() {
			this.received.feed(FAULT);
			assertState(State.CLOSE_RECEIVED, true);
			assertNothingIsHeard();
			assertThat(this.protocol.close(CloseStatus.PROTOCOL_ERROR)).isNotNull();
			assertState(State.CLOSED, false);
		}

		@Test
		void thePeersCloseFrameAfterOursEndsBothSides() {
			this.protocol.close(CloseStatus.NORMAL);
			this.received.feed(CLOSE);
			assertThat(this.received.events()).containsExactly("close 1000");
			assertState(State.CLOSED, false);
			assertNothingIsHeard();
		}

		@Test
		void thePeersFaultAfterOurCloseFrameEndsBothSides() {
			this.protocol.close(CloseStatus.NORMAL);
			this.received.feed(FAULT);
			assertThat(this.received.events()).containsExactly("failure 1002 opcode 3 is reserved");
			assertState(State.CLOSED, false);
			assertNothingIsHeard();
		}

		@Test
		void afterOurCloseFrameMessagesAndPingsAreDiscardedButHeldToTheRules() {
			this.protocol.close(CloseStatus.NORMAL);
			this.received
				.feed("81 81 00000000 61  82 81 00000000 61  01 80 00000000  89 80 00000000  80 81 00000000 61");
			assertThat(this.received.events()).isEmpty();
			this.received.feed("8a 81 00000000 07");
			assertThat(this.received.events()).containsExactly("pong 07");
			this.received.feed("81 81 00000000 ff");
			assertThat(this.received.events()).containsExactly("pong 07", "failure 1007 text is not UTF-8");
		}

		@Test
		void aMessageThatWasCutByOurCloseFrameIsReadToItsEnd() {
			this.received.feed("81 83 00000000 61");
			this.protocol.close(CloseStatus.NORMAL);
			this.received.feed("6263" + CLOSE);
			assertThat(this.received.events()).containsExactly("close 1000");
		}

		@Test
		void closeWithoutStatusSendsAnEmptyFrame() {
			Frame frame = this.protocol.close(CloseStatus.NO_STATUS);
			assertThat(frame).isNotNull();
			assertThat(Hex.of(frame.header()) + Hex.of(frame.payload())).isEqualTo("8800");
		}

		@ParameterizedTest
		@ValueSource(ints = { 1004, 1006, 1015, 1016, 2999 })
		void closeRefusesCodesThatMayNotBeSent(int code) {
			CloseStatus status = new CloseStatus(code, "");
			assertThatIllegalArgumentException().isThrownBy(() -> this.protocol.close(status))
				.withMessage("Close code " + code
						+ " may not be sent (RFC 6455, section 7.4); use 1000 or one of 4000-4999");
			assertState(State.OPEN, true);
			assertThatIllegalArgumentException().isThrownBy(() -> WebSocketProtocol.closeFrame(status));
		}

		@Test
		void aCloseFrameCanBeHadWithoutAConnection() {
			Frame frame = WebSocketProtocol.closeFrame(new CloseStatus(4401, "no"));
			assertThat(Hex.of(frame.header()) + Hex.of(frame.payload())).isEqualTo("880411316e6f");
		}

	}

	/** What events may do to the protocol that calls them. */
	@Nested
	class FromWithinAnEvent {

		private final byte[] bytes = Hex.bytes("81 81 ff000000 9e  89 81 ff000000 fe  82 80 ff000000  01 81 ff000000 9d"
				+ "80 81 ff000000 9c  88 82 ff000000 fce8");

		@Test
		void pauseReturnsAfterTheFrameAndLeavesTheRestAlone() {
			Pausing events = new Pausing();
			byte[] given = this.bytes.clone();
			int taken = events.protocol.receive(given, 0, given.length);
			assertThat(taken).isEqualTo(7);
			assertThat(events.log).containsExactly("text a");
			assertThat(Arrays.copyOfRange(given, taken, given.length))
				.isEqualTo(Arrays.copyOfRange(this.bytes, taken, given.length));
		}

		@Test
		void pausesLoseNothing() {
			List<String> events = Splits.sameForEach(this.bytes, (pieces) -> {
				Pausing pausing = new Pausing();
				for (byte[] piece : pieces) {
					for (int at = 0; at < piece.length;) {
						at = pausing.protocol.receive(piece, at, piece.length);
					}
				}
				return pausing.log;
			});
			assertThat(events).containsExactly("text a", "ping 01", "binary ", "text bc", "close 1000");
		}

		@Test
		void pausingAtTheEndOfTheBytesHoldsBackNothing() {
			Pausing events = new Pausing();
			byte[] given = Arrays.copyOf(this.bytes, 7);
			assertThat(events.protocol.receive(given, 0, 7)).isEqualTo(7);
			assertThat(events.protocol.receive(Hex.bytes("89 80 00000000"), 0, 6)).isEqualTo(6);
			assertThat(events.log).containsExactly("text a", "ping ");
		}

		@Test
		void closeLetsNoFurtherMessagePass() {
			List<String> events = Splits.sameForEach(this.bytes, (pieces) -> {
				Closing closing = new Closing();
				pieces.forEach((piece) -> closing.protocol.receive(piece, 0, piece.length));
				assertThat(closing.protocol.state()).isEqualTo(State.CLOSED);
				return closing.log;
			});
			assertThat(events).containsExactly("text a", "close 1000");
		}

		@Test
		void anAnswerToTheCloseFrameClosesBothSides() {
			Closing closing = new Closing();
			byte[] close = Hex.bytes("88 82 00000000 03e8  89 80 00000000");
			assertThat(closing.protocol.receive(close, 0, close.length)).isEqualTo(close.length);
			assertThat(closing.protocol.state()).isEqualTo(State.CLOSED);
			assertThat(closing.log).containsExactly("close 1000");
		}

	}

	private abstract static class Logging implements ProtocolEvents {

		final List<String> log = new ArrayList<>();

		final WebSocketProtocol protocol = new WebSocketProtocol(ProtocolLimits.DEFAULTS, Compression.NONE, this);

		abstract void log(String event);

		@Override
		public void onText(String text) {
			log("text " + text);
		}

		@Override
		public void onBinary(byte[] data) {
			log("binary " + Hex.of(data));
		}

		@Override
		public void onPing(byte[] payload) {
			log("ping " + Hex.of(payload));
		}

		@Override
		public void onPong(byte[] payload) {
			log("pong " + Hex.of(payload));
		}

		@Override
		public void onClose(CloseStatus status) {
			log("close " + status);
		}

		@Override
		public void onFailure(CloseStatus status) {
			log("failure " + status);
		}

	}

	private static final class Pausing extends Logging {

		@Override
		void log(String event) {
			this.log.add(event);
			this.protocol.pause();
		}

	}

	private static final class Closing extends Logging {

		@Override
		void log(String event) {
			this.log.add(event);
			this.protocol.close(CloseStatus.NORMAL);
		}

	}

}
