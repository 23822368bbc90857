package io.github.wsspring.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FrameTests {

	private static String written(Frame frame) {
		ByteBuffer target = ByteBuffer.allocate(frame.size());
		frame.writeTo(target);
		assertThat(target.hasRemaining()).isFalse();
		assertThat(target.array()).isEqualTo(Hex.join(frame.header(), frame.payload()));
		return Hex.of(target.array());
	}

	@ParameterizedTest
	@CsvSource({ "0, 8200", "1, 8201", "125, 827d", "126, 827e007e", "127, 827e007f", "32768, 827e8000",
			"65535, 827effff", "65536, 827f0000000000010000", "65537, 827f0000000000010001" })
	void lengthsTakeTheLeastNumberOfOctets(int length, String header) {
		byte[] payload = new byte[length];
		Arrays.fill(payload, (byte) 0xee);
		Frame frame = Frame.data(false, payload);
		assertThat(frame.size()).isEqualTo(header.length() / 2 + length);
		assertThat(Hex.of(frame.header())).isEqualTo(header);
		assertThat(written(frame)).isEqualTo(header + "ee".repeat(length));
	}

	@Test
	void theExamplesOfSection57AreWritten() {
		assertThat(written(Frame.data(true, Hex.bytes("48656c6c6f")))).isEqualTo("810548656c6c6f");
		assertThat(written(Frame.ping(Hex.bytes("48656c6c6f")))).isEqualTo("890548656c6c6f");
		assertThat(written(Frame.pong(Hex.bytes("48656c6c6f")))).isEqualTo("8a0548656c6c6f");
	}

	@Test
	void closeFramesCarryTheirStatus() {
		assertThat(written(Frame.close(new CloseStatus(1000, "bye")))).isEqualTo("880503e8627965");
		assertThat(written(Frame.close(CloseStatus.NO_STATUS))).isEqualTo("8800");
		assertThat(Frame.close(new CloseStatus(1000, "x".repeat(123))).size()).isEqualTo(127);
	}

	@Test
	void controlFramesHaveRoomFor125Bytes() {
		assertThat(Frame.ping(new byte[125]).size()).isEqualTo(127);
		assertThat(Frame.pong(new byte[125]).size()).isEqualTo(127);
		assertThatIllegalArgumentException().isThrownBy(() -> Frame.ping(new byte[126]))
			.withMessage("A control frame has room for 125 bytes, not for 126; send a message instead");
		assertThatIllegalArgumentException().isThrownBy(() -> Frame.pong(new byte[126]));
	}

	@Test
	void aFrameCanBeWrittenAgain() {
		Frame frame = Frame.data(true, Hex.bytes("6869"));
		ByteBuffer target = ByteBuffer.allocateDirect(10).position(1);
		frame.writeTo(target);
		frame.writeTo(target);
		byte[] bytes = new byte[8];
		target.flip().position(1).get(bytes);
		assertThat(Hex.of(bytes)).isEqualTo("8102686981026869");
	}

	@Test
	void theHeaderIsMadeOnceForAllWhoQueueTheFrame() {
		Frame frame = PreparedMessage.text("").frame();
		assertThat(frame.header()).isSameAs(frame.header());
	}

}
