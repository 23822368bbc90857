package io.github.wsspring.endpoint;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.wsspring.protocol.CloseStatus;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class MessageDispatchTests {

	@Test
	void textGoesToTheStringHandler() throws Exception {
		FakeSession session = Harness.of(Echo.class).connect("/echo");
		assertThat(session.ask("hi")).containsExactly("hi");
		assertThat(session.lastWasText).isTrue();
	}

	@Test
	void bytesGoToTheByteArrayHandler() throws Exception {
		FakeSession session = Harness.of(Bytes.class).connect("/bytes");
		session.binary(0xca, 0xfe);
		assertThat(session.sent).containsExactly("cafe");
		assertThat(session.lastWasText).isFalse();
	}

	@Test
	void bytesGoToTheByteBufferHandler() throws Exception {
		FakeSession session = Harness.of(Buffers.class).connect("/buffers");
		session.binary(0xca, 0xfe);
		assertThat(session.sent).containsExactly("fe");
	}

	@Test
	void jsonGoesToTheHandlerOfItsType() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(session.ask("{\"type\":\"say\",\"text\":\"hi\"}")).containsExactly("say hi");
		assertThat(session.ask("{\"type\":\"count\",\"n\":3}")).containsExactly("count 4");
	}

	@Test
	void theTypeMayStandAnywhereInTheObject() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(session.ask("{\"text\":\"hi\",\"type\":\"say\"}")).containsExactly("say hi");
		assertThat(session.ask("{\"meta\":{\"type\":\"count\"},\"type\":\"tree\",\"x\":[1]}"))
			.containsExactly("{\"meta\":{\"type\":\"count\"},\"type\":\"tree\",\"x\":[1]}");
	}

	@Test
	void aTypedHandlerMayDoWithoutAPayload() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(session.ask("{\"type\":\"leave\",\"ignored\":true}")).containsExactly("left");
	}

	@Test
	void aTypedStringHandlerGetsTheWholeText() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(session.ask("{\"type\":\"raw\", \"a\":1}")).containsExactly("{\"type\":\"raw\", \"a\":1}");
	}

	@Test
	void anUnknownTypeIsAnsweredWithTheKnownOnes() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(session.ask("{\"type\":\"shout\"}")).containsExactly(
				"{\"type\":\"error\",\"error\":\"unknown-type\",\"detail\":\"Nobody handles the type 'shout'; known types: count, leave, raw, say, tree\"}");
		assertThat(session.closed).isNull();
	}

	@Test
	void aMissingTypeIsAnsweredWithTheKnownOnes() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		for (String message : List.of("{}", "[]", "1", "{\"type\":1}", "{\"text\":\"type\"}")) {
			assertThat(session.ask(message)).containsExactly(
					"{\"type\":\"error\",\"error\":\"unknown-type\",\"detail\":\"The message has no text member 'type'; known types: count, leave, raw, say, tree\"}");
		}
	}

	@Test
	void malformedJsonIsAnsweredWithTheKnownTypes() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		for (String message : List.of("hello", "", " ", "{", "{\"type\":\"say\"", "{\"type\":\"say\",\"text\":\"",
				"{\"type\":\"leave\",,}", "{\"type\":\"raw\"")) {
			assertThat(session.ask(message)).singleElement()
				.asString()
				.startsWith("{\"type\":\"error\",\"error\":\"malformed-json\",\"detail\":\"")
				.endsWith("; known types: count, leave, raw, say, tree\"}")
				.doesNotContain("Exception")
				.doesNotContain("tools.jackson");
		}
	}

	@Test
	void aPayloadThatDoesNotFitNamesTheMember() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(session.ask("{\"type\":\"count\",\"n\":\"many\"}")).containsExactly(
				"{\"type\":\"error\",\"error\":\"invalid-message\",\"detail\":\"The value of 'n' does not fit\"}");
	}

	@Test
	void anUnknownMemberIsNamedIfTheMapperRefusesIt() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(session.ask("{\"type\":\"say\",\"txt\":\"hi\"}")).containsExactly(
				"{\"type\":\"error\",\"error\":\"invalid-message\",\"detail\":\"Unknown member 'txt'; known: [text]\"}");
	}

	@Test
	void theTypeOfANestedObjectIsAsUnknownAsAnyOtherMember() throws Exception {
		FakeSession session = Harness.of(Nested.class).connect("/nested");
		assertThat(session.ask("{\"inner\":{\"text\":\"a\"},\"type\":\"wrap\"}")).containsExactly("a");
		assertThat(session.ask("{\"type\":\"wrap\",\"inner\":{\"text\":\"a\",\"type\":\"x\"}}")).singleElement()
			.asString()
			.contains("Unknown member 'inner.type'");
	}

	@Test
	void thePlainStringHandlerGetsWhatHasNoMatchingType() throws Exception {
		FakeSession session = Harness.of(TypedAndText.class).connect("/both");
		assertThat(session.ask("{\"type\":\"say\",\"text\":\"hi\"}")).containsExactly("say hi");
		assertThat(session.ask("{\"type\":\"other\"}")).containsExactly("text {\"type\":\"other\"}");
		assertThat(session.ask("not json")).containsExactly("text not json");
		assertThat(session.ask("")).containsExactly("text ");
	}

	@Test
	void thePlainStringHandlerDoesNotGetABrokenMessageOfAMatchingType() throws Exception {
		FakeSession session = Harness.of(TypedAndText.class).connect("/both");
		assertThat(session.ask("{\"type\":\"say\",\"text\":")).singleElement().asString().contains("malformed-json");
	}

	@Test
	void thePlainJsonHandlerGetsWhatHasNoMatchingType() throws Exception {
		FakeSession session = Harness.of(TypedAndJson.class).connect("/both");
		assertThat(session.ask("{\"a\":1,\"type\":\"other\"}")).containsExactly("any {\"a\":1,\"type\":\"other\"}");
		assertThat(session.ask("[1,{\"b\":2}]")).containsExactly("any [1,{\"b\":2}]");
		assertThat(session.ask("oops")).singleElement().asString().contains("malformed-json");
	}

	@Test
	void plainJsonIsReadAsTheParameterType() throws Exception {
		FakeSession session = Harness.of(Json.class).connect("/json");
		assertThat(session.ask("[{\"text\":\"a\"},{\"text\":\"b\"}]")).containsExactly("ab");
		assertThat(session.ask("null")).singleElement().asString().contains("The message is null");
		assertThat(session.ask("")).singleElement().asString().contains("malformed-json");
		assertThat(session.ask("[] []")).singleElement().asString().contains("error");
	}

	@Test
	void theTypeFieldNeverFailsAPlainJsonHandler() throws Exception {
		FakeSession session = Harness.of(PlainSay.class).connect("/say");
		assertThat(session.ask("{\"type\":\"whatever\",\"text\":\"a\"}")).containsExactly("a");
	}

	@Test
	void sealedTypesAreReadByTheirOwnTypeInformation() throws Exception {
		FakeSession session = Harness.of(Sealed.class).connect("/sealed");
		assertThat(session.ask("{\"type\":\"go\",\"far\":7}")).containsExactly("Go[far=7]");
		assertThat(session.ask("{\"type\":\"stop\"}")).containsExactly("Stop[]");
	}

	@Test
	void aTypedHandlerMayTakeATypeThatKnowsTheTypeField() throws Exception {
		FakeSession session = Harness.of(OwnType.class).connect("/own");
		assertThat(session.ask("{\"type\":\"a\",\"x\":1}")).containsExactly("WithType[type=a, x=1]");
		assertThat(session.ask("{\"type\":\"go\",\"far\":7}")).containsExactly("Go[far=7]");
	}

	@Test
	void binaryThatNobodyHandlesClosesWith1003() throws Exception {
		FakeSession session = Harness.of(Echo.class).connect("/echo");
		session.binary(1);
		assertThat(session.closed).isNotNull();
		assertThat(session.closed.code()).isEqualTo(CloseStatus.UNSUPPORTED_DATA.code());
	}

	@Test
	void textThatNobodyHandlesIsAnsweredWithAnError() throws Exception {
		FakeSession session = Harness.of(Bytes.class).connect("/bytes");
		assertThat(session.ask("hi")).containsExactly(
				"{\"type\":\"error\",\"error\":\"unsupported-message\",\"detail\":\"This endpoint takes no text messages\"}");
	}

	@Test
	void theTypeFieldCanBeRenamed() throws Exception {
		FakeSession session = Harness.with(new MessageCodec(Harness.JSON, "op"), Typed.class).connect("/typed");
		assertThat(session.ask("{\"op\":\"say\",\"text\":\"hi\"}")).containsExactly("say hi");
		assertThat(session.ask("{\"type\":\"say\"}")).singleElement()
			.asString()
			.startsWith("{\"op\":\"error\",")
			.contains("no text member 'op'");
	}

	@Test
	void textNeedsNoJsonLibrary() throws Exception {
		FakeSession session = Harness.with(new MessageCodec(null, "type"), Echo.class).connect("/echo");
		assertThat(session.ask("{hi")).containsExactly("{hi");
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@WsEndpoint("/bytes")
	static class Bytes {

		@OnMessage
		byte[] echo(byte[] data) {
			return data;
		}

	}

	@WsEndpoint("/buffers")
	static class Buffers {

		@OnMessage
		ByteBuffer rest(ByteBuffer data) {
			return data.position(1);
		}

	}

	record Say(String text) {

	}

	record Count(int n) {

	}

	@WsEndpoint("/typed")
	static class Typed {

		@OnMessage("say")
		String say(Say say) {
			return "say " + say.text();
		}

		@OnMessage("count")
		String count(WsSession session, Count count) {
			return "count " + (count.n() + 1);
		}

		@OnMessage("tree")
		JsonNode tree(JsonNode tree) {
			return tree;
		}

		@OnMessage("leave")
		String leave() {
			return "left";
		}

		@OnMessage("raw")
		String raw(String text) {
			return text;
		}

	}

	@WsEndpoint("/both")
	static class TypedAndText {

		@OnMessage("say")
		String say(Say say) {
			return "say " + say.text();
		}

		@OnMessage
		String any(String text) {
			return "text " + text;
		}

	}

	@WsEndpoint("/both")
	static class TypedAndJson {

		@OnMessage("say")
		String say(Say say) {
			return "say " + say.text();
		}

		@OnMessage
		String any(JsonNode json) {
			return "any " + json;
		}

	}

	@WsEndpoint("/json")
	static class Json {

		@OnMessage
		String join(List<Say> says) {
			return String.join("", says.stream().map(Say::text).toList());
		}

	}

	@WsEndpoint("/say")
	static class PlainSay {

		@OnMessage
		String say(Say say) {
			return say.text();
		}

	}

	record Wrap(Say inner) {

	}

	@WsEndpoint("/nested")
	static class Nested {

		@OnMessage("wrap")
		String wrap(Wrap wrap) {
			return wrap.inner().text();
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Go.class, name = "go"),
			@JsonSubTypes.Type(value = Stop.class, name = "stop") })
	sealed interface Command {

	}

	record Go(int far) implements Command {

	}

	record Stop() implements Command {

	}

	@WsEndpoint("/sealed")
	static class Sealed {

		@OnMessage
		String command(Command command) {
			return command.toString();
		}

	}

	record WithType(String type, int x) {

	}

	@WsEndpoint("/own")
	static class OwnType {

		@OnMessage("a")
		String a(WithType a) {
			return a.toString();
		}

		@OnMessage("go")
		String go(Command command) {
			return command.toString();
		}

		@OnMessage("map")
		Map<String, Object> map(Map<String, Object> map) {
			return map;
		}

	}

}
