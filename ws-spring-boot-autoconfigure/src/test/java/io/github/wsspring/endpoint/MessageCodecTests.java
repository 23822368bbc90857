package io.github.wsspring.endpoint;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import io.github.wsspring.protocol.PreparedMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MessageCodecTests {

	private final MessageCodec codec = new MessageCodec(Harness.JSON, "type");

	@Test
	void textIsSentAsItIs() {
		PreparedMessage message = this.codec.encode("{ä");
		assertThat(message.isText()).isTrue();
		assertThat(FakeSession.read(message)).isEqualTo("{ä");
	}

	@Test
	void bytesAreBinary() {
		assertThat(FakeSession.read(this.codec.encode(new byte[] { 1, (byte) 0xff }))).isEqualTo("01ff");
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 0, 1, 2, 3 }, 1, 2);
		PreparedMessage message = this.codec.encode(buffer);
		assertThat(message.isText()).isFalse();
		assertThat(FakeSession.read(message)).isEqualTo("0102");
		assertThat(buffer.remaining()).isEqualTo(2);
		assertThat(FakeSession.read(this.codec.encode(buffer.asReadOnlyBuffer()))).isEqualTo("0102");
	}

	@Test
	void aPreparedMessageStaysAsItIs() {
		PreparedMessage message = PreparedMessage.text("x");
		assertThat(this.codec.encode(message)).isSameAs(message);
	}

	@Test
	void anObjectGetsTheTypeAsItsFirstMember() {
		assertThat(typed("said", new Said("hi"))).isEqualTo("{\"type\":\"said\",\"text\":\"hi\"}");
		assertThat(typed("said", Map.of())).isEqualTo("{\"type\":\"said\"}");
	}

	@Test
	void theTypeReplacesAMemberOfThatName() {
		assertThat(typed("said", new Typed("own", 1.10))).isEqualTo("{\"type\":\"said\",\"x\":1.1}");
		assertThat(typed("said", Map.of("a", Map.of("type", 1)))).isEqualTo("{\"type\":\"said\",\"a\":{\"type\":1}}");
		assertThat(typed("said", List.of("type"))).isEqualTo("{\"type\":\"said\",\"data\":[\"type\"]}");
	}

	@Test
	void otherValuesAreWrapped() {
		assertThat(typed("n", 7)).isEqualTo("{\"type\":\"n\",\"data\":7}");
		assertThat(typed("s", "a\"b")).isEqualTo("{\"type\":\"s\",\"data\":\"a\\\"b\"}");
		assertThat(typed("l", List.of(1, 2))).isEqualTo("{\"type\":\"l\",\"data\":[1,2]}");
	}

	@Test
	void aMapperThatIndentsIsFine() {
		MessageCodec codec = new MessageCodec(
				new JacksonJsonCodec(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build()), "type");
		assertThat(FakeSession.read(codec.encode("said", Map.of()))).isEqualToIgnoringWhitespace("{\"type\":\"said\"}");
		assertThat(FakeSession.read(codec.encode("said", new Said("a"))))
			.isEqualToIgnoringWhitespace("{\"type\":\"said\",\"text\":\"a\"}");
	}

	@Test
	void loneSurrogatesThatAClientSentDoNotFailTheReply() {
		assertThat(FakeSession.read(this.codec.encode(new Said("\ud800")))).isEqualTo("{\"text\":\"?\"}");
	}

	@Test
	void errorsNeedNoJsonLibrary() {
		PreparedMessage message = new MessageCodec(null, "op")
			.encode(new ErrorMessage("bad", "a\"b\\c\n\u0001ä😀\ud800", List.of(), Map.of()), null);
		assertThat(FakeSession.read(message)).isEqualTo(
				"{\"op\":\"error\",\"error\":\"bad\",\"detail\":\"a\\\"b\\\\c\\u000a\\u0001ä\\ud83d\\ude00\\ud800\"}");
	}

	@Test
	void withoutAJsonLibraryObjectsCannotBeSent() {
		MessageCodec codec = new MessageCodec(null, "type");
		assertThat(FakeSession.read(codec.encode("text"))).isEqualTo("text");
		assertThatIllegalStateException().isThrownBy(() -> codec.encode(new Said("hi")))
			.withMessageContaining("spring-boot-starter-jackson");
		assertThatIllegalStateException().isThrownBy(() -> codec.encode("type", "text"));
	}

	private String typed(String type, Object payload) {
		return FakeSession.read(this.codec.encode(type, payload));
	}

	record Said(String text) {

	}

	record Typed(String type, double x) {

	}

}
