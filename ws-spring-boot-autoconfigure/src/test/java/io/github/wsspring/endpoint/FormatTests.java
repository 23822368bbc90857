package io.github.wsspring.endpoint;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.SendSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Formats of subprotocols. The one here writes the bytes of JSON, so that they can be
 * read.
 */
class FormatTests {

	private static final String BINARY = "chat.bin";

	private static final WsMessageFormat FORMAT = new JacksonMessageFormat(BINARY, JsonMapper.shared());

	private static Harness harness(Class<?>... endpoints) {
		return Harness.with(new MessageCodec(Harness.JSON, new MessageFields("type", "id"), List.of(), List.of(FORMAT)),
				endpoints);
	}

	private static FakeSession connect(Harness harness, String path) throws Exception {
		FakeSession session = harness.connect(path);
		session.subprotocol = BINARY;
		return session;
	}

	private static List<String> ask(FakeSession session, String message) throws Exception {
		session.sent.clear();
		session.endpoint().handler().onBinary(session, message.getBytes(StandardCharsets.UTF_8));
		return binaries(session);
	}

	private static List<String> binaries(FakeSession session) {
		assertThat(session.lastWasText).isFalse();
		return session.sent.stream()
			.map((hex) -> new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))
			.toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', quoteCharacter = '`',
			value = { "{\"type\":\"double\",\"id\":7,\"n\":21} {\"type\":\"reply\",\"id\":7,\"n\":42}",
					"{\"n\":21,\"id\":\"a\",\"type\":\"double\"} {\"type\":\"reply\",\"id\":\"a\",\"n\":42}",
					"{\"type\":\"double\",\"n\":21} {\"n\":42}",
					"{\"type\":\"list\",\"id\":1} {\"type\":\"reply\",\"id\":1,\"data\":[1,2]}",
					"{\"type\":\"order\",\"id\":1} {\"type\":\"reply\",\"id\":1,\"data\":{\"id\":5,\"n\":3}}",
					"{\"type\":\"empty\",\"id\":1} {\"type\":\"reply\",\"id\":1,\"data\":{}}",
					"{\"type\":\"quiet\",\"id\":1} {\"type\":\"reply\",\"id\":1}" })
	void messagesAreBinaryBothWays(String message, String answer) throws Exception {
		assertThat(ask(connect(harness(Desk.class), "/desk"), message)).containsExactly(answer);
	}

	@Test
	void anEndpointWithoutTypesTakesThemToo() throws Exception {
		assertThat(ask(connect(harness(Untyped.class), "/untyped"), "{\"n\":21}")).containsExactly("{\"n\":42}");
	}

	@Test
	void otherSessionsStayWithJson() throws Exception {
		Harness harness = harness(Desk.class);
		FakeSession session = harness.connect("/desk");
		assertThat(session.ask("{\"type\":\"double\",\"n\":21}")).containsExactly("{\"n\":42}");
		assertThat(session.lastWasText).isTrue();
		session.binary(1);
		assertThat(session.closed).isNotNull();
		assertThat(session.closed.code()).isEqualTo(CloseStatus.UNSUPPORTED_DATA.code());
	}

	@Test
	void textIsStillReadAsJson() throws Exception {
		FakeSession session = connect(harness(Desk.class), "/desk");
		session.text("{\"type\":\"double\",\"n\":21}");
		assertThat(binaries(session)).containsExactly("{\"n\":42}");
	}

	@Test
	void textAndBytesStayAsTheyAre() throws Exception {
		FakeSession session = connect(harness(Desk.class), "/desk");
		session.ws().send("text");
		session.ws().send(new byte[] { 1 });
		assertThat(session.sent).containsExactly("text", "01");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{\"type\":\"shout\",\"id\":1}|{\"type\":\"error\",\"id\":1,\"error\":\"unknown-type\",\"detail\":\"Nobody handles the type 'shout'; known types: double, empty, fail, list, order, quiet, text\"}",
			"{\"type\":|{\"type\":\"error\",\"error\":\"malformed-binary\",\"detail\":\"The binary message cannot be read\"}",
			"{\"type\":\"double\",\"id\":1,\"n\":{}}|{\"type\":\"error\",\"id\":1,\"error\":\"invalid-message\",\"detail\":\"The value of 'n' does not fit\"}",
			"{\"type\":\"text\"}|{\"type\":\"error\",\"error\":\"unsupported-message\",\"detail\":\"This has to be a text message\"}",
			"{\"type\":\"fail\",\"id\":1}|{\"type\":\"error\",\"id\":1,\"error\":\"invalid\",\"detail\":\"No\",\"fields\":[{\"field\":\"a\",\"message\":\"b\"}]}" })
	void errorsAreBinary(String message, String error) throws Exception {
		FakeSession session = connect(harness(Desk.class), "/desk");
		assertThat(ask(session, message)).containsExactly(error);
		assertThat(session.closed).isNull();
	}

	@Test
	void aBroadcastIsEncodedOnceForEachForm() throws Exception {
		Harness harness = harness(Room.class);
		FakeSession first = connect(harness, "/room");
		FakeSession second = connect(harness, "/room");
		FakeSession json = harness.connect("/room");
		harness.connect("/room");
		ask(first, "{\"type\":\"say\",\"n\":1}");
		assertThat(harness.broadcasts).hasSize(2);
		assertThat(binaries(first)).containsExactly("{\"type\":\"said\",\"n\":1}");
		assertThat(binaries(second)).containsExactly("{\"type\":\"said\",\"n\":1}");
		assertThat(json.sent).containsExactly("{\"type\":\"said\",\"n\":1}");
		assertThat(json.lastWasText).isTrue();
	}

	@Test
	void aTemplateCountsAllForms() throws Exception {
		Harness harness = harness(Room.class);
		FakeSession binary = connect(harness, "/room");
		FakeSession json = harness.connect("/room");
		WsTemplate template = new WsTemplate(harness.registry,
				new MessageCodec(Harness.JSON, new MessageFields("type", "id"), List.of(), List.of(FORMAT)));
		assertThat(template.topic("room").send("said", new Number(1))).isEqualTo(new SendSummary(2, 0, 0));
		assertThat(template.topic("room").except(binary.ws()).send(new Number(2))).isEqualTo(new SendSummary(1, 0, 0));
		assertThat(harness.broadcasts).hasSize(3);
		assertThat(json.sent).containsExactly("{\"type\":\"said\",\"n\":1}", "{\"n\":2}");
	}

	@Test
	void aMethodForBytesHasThemIfNoneTakesJson() throws Exception {
		FakeSession session = connect(harness(Bytes.class), "/bytes");
		session.binary(1, 2);
		assertThat(session.sent).containsExactly("0102");
	}

	@Test
	void whatCannotBeReadIsTheClientsFault() throws Exception {
		MessageCodec codec = new MessageCodec(Harness.JSON, new MessageFields("type", "id"), List.of(),
				List.of(new Broken()));
		FakeSession session = Harness.with(codec, Desk.class).connect("/desk");
		session.subprotocol = "broken";
		session.binary(1);
		assertThat(session.sent).containsExactly("00");
		assertThat(session.closed).isNull();
	}

	@Test
	void clientsAreAskedInJsonOnly() throws Exception {
		FakeSession session = connect(harness(Desk.class), "/desk");
		assertThatIllegalStateException()
			.isThrownBy(() -> session.ws().request("a", Map.of(), Number.class, Duration.ofSeconds(1)))
			.withMessage("There are no requests in sessions with the subprotocol 'chat.bin', as they are JSON");
	}

	record Number(int n) {

	}

	record Order(int id, int n) {

	}

	@WsEndpoint("/desk")
	static class Desk {

		@OnMessage("double")
		Number twice(Number in) {
			return new Number(2 * in.n());
		}

		@OnMessage("list")
		List<Integer> list() {
			return List.of(1, 2);
		}

		@OnMessage("order")
		Order order() {
			return new Order(5, 3);
		}

		@OnMessage("empty")
		Map<String, Object> empty() {
			return Map.of();
		}

		@OnMessage("quiet")
		void quiet() {
		}

		@OnMessage("text")
		String text(String text) {
			return text;
		}

		@OnMessage("fail")
		void fail() {
			throw new InvalidMessageException("invalid", "No", List.of(new InvalidMessageException.Field("a", "b")));
		}

	}

	@WsEndpoint("/untyped")
	static class Untyped {

		@OnMessage
		Number twice(Number in) {
			return new Number(2 * in.n());
		}

	}

	@WsEndpoint("/room")
	static class Room {

		@OnOpen
		void open(WsSession session) {
			session.join("room");
		}

		@OnMessage("say")
		@Broadcast(to = "room", type = "said")
		Number say(Number in) {
			return in;
		}

	}

	@WsEndpoint("/bytes")
	static class Bytes {

		@OnMessage
		byte[] echo(byte[] data) {
			return data;
		}

	}

	private static final class Broken implements WsMessageFormat {

		@Override
		public String subprotocol() {
			return "broken";
		}

		@Override
		public WsEnvelope envelope(byte[] message) throws IOException {
			throw new IOException("secret");
		}

		@Override
		public Object read(byte[] message, Type type) throws IOException {
			throw new IOException("secret");
		}

		@Override
		public byte[] write(WsEnvelope envelope, @Nullable Object payload) {
			assertThat(payload)
				.isEqualTo(Map.of("error", "malformed-binary", "detail", "The binary message cannot be read"));
			return new byte[1];
		}

	}

}
