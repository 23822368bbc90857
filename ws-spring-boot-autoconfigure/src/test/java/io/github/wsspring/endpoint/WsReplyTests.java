package io.github.wsspring.endpoint;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Return values that say themselves what becomes of them.
 */
class WsReplyTests {

	@Test
	void aReplyGoesToTheSender() throws Exception {
		FakeSession session = Harness.of(Replying.class).connect("/replying");
		assertThat(session.ask("{\"type\":\"plain\"}")).containsExactly("{\"text\":\"hi\"}");
		assertThat(session.ask("{\"type\":\"plain\",\"id\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"text\":\"hi\"}");
	}

	@Test
	void aReplyMayHaveATypeOfItsOwn() throws Exception {
		FakeSession session = Harness.of(Replying.class).connect("/replying");
		assertThat(session.ask("{\"type\":\"typed\"}")).containsExactly("{\"type\":\"said\",\"text\":\"hi\"}");
		assertThat(session.ask("{\"type\":\"typed\",\"id\":1}"))
			.containsExactly("{\"type\":\"said\",\"id\":1,\"text\":\"hi\"}");
	}

	@Test
	void aReplyMayGoToATopic() throws Exception {
		Harness harness = Harness.of(Replying.class);
		FakeSession sender = harness.connect("/replying");
		FakeSession other = harness.connect("/replying");
		sender.ws().join("room");
		other.ws().join("room");
		assertThat(sender.ask("{\"type\":\"topic\"}")).containsExactly("{\"type\":\"said\",\"text\":\"hi\"}");
		assertThat(other.sent).containsExactly("{\"type\":\"said\",\"text\":\"hi\"}");
		other.sent.clear();
		assertThat(sender.ask("{\"type\":\"others\",\"id\":1}")).containsExactly("{\"type\":\"reply\",\"id\":1}");
		assertThat(other.sent).containsExactly("{\"text\":\"hi\"}");
	}

	@Test
	void aReplyMayComeLaterOrUndeclared() throws Exception {
		FakeSession session = Harness.of(Replying.class).connect("/replying");
		assertThat(session.ask("{\"type\":\"later\"}")).containsExactly("{\"type\":\"said\",\"text\":\"hi\"}");
		assertThat(session.ask("{\"type\":\"object\"}")).containsExactly("{\"type\":\"said\",\"text\":\"hi\"}");
	}

	@Test
	void aProblemIsAnErrorMessage() throws Exception {
		FakeSession session = Harness.of(Replying.class).connect("/replying");
		assertThat(session.ask("{\"type\":\"problem\",\"id\":1}")).containsExactly(
				"{\"type\":\"error\",\"id\":1,\"error\":\"not-found\",\"detail\":\"No room 7\",\"status\":404,\"title\":\"Not Found\",\"problem\":\"https://example.org/no-room\",\"instance\":\"/rooms/7\",\"rooms\":[1,2]}");
		assertThat(session.ask("{\"type\":\"response\"}")).containsExactly(
				"{\"type\":\"error\",\"error\":\"conflict\",\"detail\":\"Taken\",\"status\":409,\"title\":\"Conflict\"}");
		assertThat(session.closed).isNull();
	}

	@Test
	void aProblemNeedsNoJsonLibrary() throws Exception {
		FakeSession session = Harness.with(new MessageCodec(null, "type"), TextProblem.class).connect("/problem");
		assertThat(session.ask("x"))
			.containsExactly("{\"type\":\"error\",\"error\":\"status-499\",\"detail\":\"Gone\",\"status\":499}");
	}

	record Said(String text) {

	}

	@WsEndpoint("/replying")
	static class Replying {

		private static final Said HI = new Said("hi");

		@OnMessage("plain")
		WsReply<Said> plain() {
			return WsReply.of(HI);
		}

		@OnMessage("typed")
		WsReply<Said> typed() {
			return WsReply.of(HI).type("said");
		}

		@OnMessage("topic")
		WsReply<Said> topic() {
			return WsReply.of(HI).type("said").topic("room");
		}

		@OnMessage("others")
		WsReply<Said> others(WsSession session) {
			return WsReply.of(HI).topic("room").except(session);
		}

		@OnMessage("later")
		CompletionStage<WsReply<Said>> later() {
			return CompletableFuture.completedFuture(typed());
		}

		@OnMessage("object")
		Object object() {
			return typed();
		}

		@OnMessage("problem")
		ProblemDetail problem() {
			ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "No room 7");
			problem.setTitle("Not Found");
			problem.setType(URI.create("https://example.org/no-room"));
			problem.setInstance(URI.create("/rooms/7"));
			problem.setProperty("rooms", new int[] { 1, 2 });
			problem.setProperty("type", "mine");
			problem.setProperty("error", "mine");
			return problem;
		}

		@OnMessage("response")
		ErrorResponse response() {
			return ErrorResponse.create(new IllegalStateException("secret"), HttpStatus.CONFLICT, "Taken");
		}

	}

	@WsEndpoint("/problem")
	static class TextProblem {

		@OnMessage
		ProblemDetail problem(String text) {
			ProblemDetail problem = ProblemDetail.forStatus(499);
			problem.setDetail("Gone");
			problem.setProperty("rooms", new int[] { 1, 2 });
			return problem;
		}

	}

}
