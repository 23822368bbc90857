package io.github.wsspring.protocol;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PreparedMessageTests {

	private static String bytesOf(PreparedMessage message) {
		return Hex.of(message.frame().header()) + " " + Hex.of(message.frame().payload());
	}

	@Test
	void textIsEncodedAsUtf8() {
		PreparedMessage message = PreparedMessage.text("\u20ac1");
		assertThat(bytesOf(message)).isEqualTo("8104 e282ac31");
		assertThat(message.isText()).isTrue();
		assertThat(message.size()).isEqualTo(4);
		assertThat(message).hasToString("text of 4 bytes");
	}

	@Test
	void loneSurrogatesBecomeQuestionMarks() {
		assertThat(bytesOf(PreparedMessage.text("a\ud800b\udc00"))).isEqualTo("8104 613f623f");
	}

	@Test
	void utf8IsTakenAsItIs() {
		byte[] utf8 = Hex.bytes("e282ac");
		PreparedMessage message = PreparedMessage.utf8(utf8);
		assertThat(bytesOf(message)).isEqualTo("8103 e282ac");
		assertThat(message.isText()).isTrue();
		assertThat(message.frame().payload()).isSameAs(utf8);
	}

	@Test
	void binaryIsTakenAsItIs() {
		byte[] data = Hex.bytes("00ff");
		PreparedMessage message = PreparedMessage.binary(data);
		assertThat(bytesOf(message)).isEqualTo("8202 00ff");
		assertThat(message.isText()).isFalse();
		assertThat(message.frame().payload()).isSameAs(data);
		assertThat(message).hasToString("binary of 2 bytes");
	}

	@Test
	void aMessageMayBeEmpty() {
		assertThat(bytesOf(PreparedMessage.text(""))).isEqualTo("8100 ");
		assertThat(bytesOf(PreparedMessage.binary(new byte[0]))).isEqualTo("8200 ");
	}

	@Test
	void itIsEncodedOnce() {
		PreparedMessage message = PreparedMessage.text("hello");
		assertThat(message.frame()).isSameAs(message.frame());
	}

}
