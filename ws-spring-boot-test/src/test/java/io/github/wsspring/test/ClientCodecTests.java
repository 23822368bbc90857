package io.github.wsspring.test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requirements for {@link ClientCodec}.
 */
class ClientCodecTests {

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	/** What comes of the bytes, whatever their split. */
	private static List<String> receive(String hex) {
		byte[] bytes = bytes(hex);
		List<String> whole = receive(bytes, bytes.length);
		for (int chop = 1; chop < bytes.length; chop++) {
			assertThat(receive(bytes, chop)).isEqualTo(whole);
		}
		return whole;
	}

	private static List<String> receive(byte[] bytes, int chop) {
		ClientCodec codec = new ClientCodec();
		List<String> arrivals = new ArrayList<>();
		for (int at = 0; at < bytes.length; at += chop) {
			codec.feed(ByteBuffer.wrap(bytes, at, Math.min(chop, bytes.length - at)));
			for (Arrival arrival; (arrival = codec.next()) != null;) {
				arrivals.add(arrival.describe());
			}
		}
		return arrivals;
	}

	@Test
	void framesAreMasked() {
		// the example of RFC 6455, section 5.7
		assertThat(ClientCodec.frame(ClientCodec.TEXT, "Hello".getBytes(StandardCharsets.UTF_8), 0x37fa213d))
			.isEqualTo(bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
	}

	@Test
	void lengthsAreWrittenInAsFewBytesAsCanBe() {
		assertThat(ClientCodec.frame(ClientCodec.BINARY, new byte[125], 0)).startsWith(bytes("82 fd")).hasSize(131);
		assertThat(ClientCodec.frame(ClientCodec.BINARY, new byte[126], 0)).startsWith(bytes("82 fe 00 7e"))
			.hasSize(134);
		assertThat(ClientCodec.frame(ClientCodec.BINARY, new byte[65535], 0)).startsWith(bytes("82 fe ff ff"));
		assertThat(ClientCodec.frame(ClientCodec.BINARY, new byte[65536], 0))
			.startsWith(bytes("82 ff 00 00 00 00 00 01 00 00"));
	}

	@Test
	void messagesAndControlFramesAreReceived() {
		assertThat(receive("81 02 68 69 89 01 07 82 01 ff 8a 00 88 05 0f a1 62 79 65")).containsExactly(
				"the text \"hi\"", "a ping", "a binary message of 1 bytes (ff)", "a pong", "the end, 4001 (bye)");
		assertThat(receive("88 00")).containsExactly("the end, 1005");
	}

	@Test
	void fragmentsAreJoinedEvenAroundAControlFrame() {
		assertThat(receive("01 01 c3 89 00 80 01 bc")).containsExactly("a ping", "the text \"\u00fc\"");
		assertThat(receive("02 01 01 00 00 80 01 02")).containsExactly("a binary message of 2 bytes (0102)");
	}

	@Test
	void longerLengthsAreRead() {
		assertThat(receive("82 7e 00 7e" + " 00".repeat(126))).singleElement().asString().contains("126 bytes");
		assertThat(receive(concat(bytes("82 7f 00 00 00 00 00 01 00 00"), 65536), 10_000)).singleElement()
			.asString()
			.contains("65536 bytes");
	}

	private static byte[] concat(byte[] head, int zeros) {
		return ByteBuffer.allocate(head.length + zeros).put(head).array();
	}

	@ParameterizedTest
	@CsvSource({ "81 82 00 00 00 00 68 69, 5.1, masked", "c1 00, 5.2, reserved bit", "83 00, 5.2, no opcode 3",
			"8b 00, 5.2, no opcode 11", "09 00, 5.4, fragmented a control frame",
			"89 7e 00 7e, 5.5, more than 125 bytes", "80 00, 5.4, had not begun",
			"01 01 61 81 01 62, 5.4, within another", "81 7e 00 7d, 5.2, more bytes than it needs",
			"81 7f 00 00 00 00 00 00 ff ff, 5.2, more bytes than it needs",
			"81 7f 80 00 00 00 00 00 00 00, 5.2, negative", "81 01 ff, 8.1, not UTF-8",
			"88 01 03, 5.5.1, half of a code", "88 02 03 ed, 7.4, code 1005", "88 02 03 e7, 7.4, code 999",
			"88 03 03 e8 ff, 5.5.1, not UTF-8", "88 00 81 00, 5.5.1, after its close frame" })
	void whatAServerMustNotSendFails(String hex, String section, String rule) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> receive(hex))
			.withMessageStartingWith("The server broke RFC 6455, section " + section + ": ")
			.withMessageContaining(rule);
	}

	@Test
	void aMessageThatIsTooLargeFailsBeforeItArrives() {
		assertThat(receive("82 7f 00 00 00 00 04 00 00 00")).isEmpty();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> receive("82 7f 00 00 00 00 04 00 00 01"))
			.withMessageContaining("more than " + ClientCodec.MAX_MESSAGE);
	}

}
