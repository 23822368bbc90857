package io.github.wsspring.endpoint;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Binary messages by a {@link WsMessageConverter}.
 */
class ConverterTests {

	private static final MessageCodec CODEC = new MessageCodec(Harness.JSON, new MessageFields("type", "id"),
			List.of(new PointConverter()));

	@Test
	void aParameterOfASupportedTypeIsReadFromABinaryMessage() throws Exception {
		FakeSession session = connect();
		session.binary(1, 2);
		assertThat(session.sent).containsExactly("0201");
		assertThat(session.lastWasText).isFalse();
	}

	@Test
	void everythingElseStaysJson() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"ping\"}")).containsExactly("[1]");
		assertThat(session.lastWasText).isTrue();
	}

	@Test
	void aBrokenMessageIsAnsweredWithoutInternals() throws Exception {
		FakeSession session = connect();
		session.binary(1);
		assertThat(session.sent).containsExactly(
				"{\"type\":\"error\",\"error\":\"malformed-binary\",\"detail\":\"The binary message cannot be read\"}");
	}

	@Test
	void theAnswerToARequestHasTheBytesInBase64() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"point\",\"id\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"AwQ=\"}");
	}

	@Test
	void whatIsSentFromElsewhereIsConvertedToo() throws Exception {
		FakeSession session = connect();
		session.ws().send(new Point(5, 6));
		assertThat(session.sent).containsExactly("0506");
	}

	@Test
	void noJsonLibraryIsNeeded() throws Exception {
		MessageCodec codec = new MessageCodec(null, new MessageFields("type", "id"), List.of(new PointConverter()));
		FakeSession session = Harness.with(codec, OnlyPoints.class).connect("/points");
		session.binary(1, 2);
		assertThat(session.sent).containsExactly("0201");
	}

	private static FakeSession connect() throws Exception {
		return Harness.with(CODEC, Points.class).connect("/points");
	}

	record Point(int x, int y) {

	}

	static class PointConverter implements WsMessageConverter {

		@Override
		public boolean supports(Class<?> type) {
			return type == Point.class;
		}

		@Override
		public Object read(byte[] message, Type type) throws IOException {
			if (message.length != 2) {
				throw new IOException("secret");
			}
			return new Point(message[0], message[1]);
		}

		@Override
		public byte[] write(Object payload) {
			Point point = (Point) payload;
			return new byte[] { (byte) point.x(), (byte) point.y() };
		}

	}

	@WsEndpoint("/points")
	static class Points {

		@OnMessage
		Point mirror(Point point) {
			return new Point(point.y(), point.x());
		}

		@OnMessage("ping")
		List<Integer> ping() {
			return List.of(1);
		}

		@OnMessage("point")
		Point point() {
			return new Point(3, 4);
		}

	}

	@WsEndpoint("/points")
	static class OnlyPoints {

		@OnMessage
		Point mirror(Point point) {
			return new Point(point.y(), point.x());
		}

	}

}
