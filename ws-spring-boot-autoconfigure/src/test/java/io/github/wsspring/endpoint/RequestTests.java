package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Messages with an id, and what becomes of messages that nobody takes.
 */
class RequestTests {

	@Test
	void theReturnValueGoesBackWithTheId() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"double\",\"id\":7,\"n\":21}"))
			.containsExactly("{\"type\":\"reply\",\"id\":7,\"n\":42}");
		assertThat(session.ask("{\"id\":\"a\\\"b\",\"n\":21,\"type\":\"double\"}"))
			.containsExactly("{\"type\":\"reply\",\"id\":\"a\\\"b\",\"n\":42}");
		assertThat(session.ask("{\"type\":\"double\",\"n\":21,\"id\":123456789012345678901234567890}"))
			.containsExactly("{\"type\":\"reply\",\"id\":123456789012345678901234567890,\"n\":42}");
	}

	@Test
	void withoutAnIdTheReturnValueIsSentAsItIs() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"double\",\"n\":21}")).containsExactly("{\"n\":42}");
		assertThat(session.ask("{\"type\":\"double\",\"n\":21,\"id\":null}")).containsExactly("{\"n\":42}");
		assertThat(session.ask("{\"type\":\"double\",\"n\":21,\"id\":1.5}")).containsExactly("{\"n\":42}");
		assertThat(session.ask("{\"type\":\"double\",\"n\":21,\"id\":{\"id\":1}}")).containsExactly("{\"n\":42}");
	}

	@Test
	void anIdInsideOfThePayloadIsNoId() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"any\",\"x\":{\"id\":1}}")).containsExactly("any");
	}

	@Test
	void anEscapedIdIsAnId() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"any\",\"\\u0069d\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"any\"}");
	}

	@Test
	void whatIsNoObjectIsWrapped() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"list\",\"id\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":[1,2]}");
	}

	@Test
	void anObjectWithATypeOrIdOfItsOwnIsWrapped() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"order\",\"id\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":{\"id\":5,\"total\":3}}");
	}

	@Test
	void thePayloadMayHaveTheIdToo() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"delete\",\"id\":9}"))
			.containsExactly("{\"type\":\"reply\",\"id\":9,\"data\":\"deleted 9\"}");
	}

	@Test
	void aMethodThatReturnsNothingIsAcknowledged() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"quiet\",\"id\":1}")).containsExactly("{\"type\":\"reply\",\"id\":1}");
		assertThat(session.ask("{\"type\":\"quiet\"}")).isEmpty();
	}

	@Test
	void aLateReplyKnowsItsRequest() throws Exception {
		Harness harness = Harness.of(Later.class);
		FakeSession session = harness.connect("/later");
		session.text("{\"type\":\"ask\",\"id\":1}");
		session.text("{\"type\":\"ask\",\"id\":2}");
		session.text("{\"type\":\"ask\",\"id\":3}");
		List<CompletableFuture<String>> answers = harness.bean(Later.class).answers;
		answers.get(1).complete("second");
		answers.get(0).completeExceptionally(new InvalidMessageException("no", "No"));
		answers.get(2).complete(null);
		assertThat(session.sent).containsExactly("{\"type\":\"reply\",\"id\":2,\"data\":\"second\"}",
				"{\"type\":\"error\",\"id\":1,\"error\":\"no\",\"detail\":\"No\"}", "{\"type\":\"reply\",\"id\":3}");
	}

	@Test
	void aBroadcastIsAcknowledgedToItsSender() throws Exception {
		Harness harness = Harness.of(Desk.class);
		FakeSession session = harness.connect("/desk");
		FakeSession other = harness.connect("/desk");
		other.ws().join("all");
		assertThat(session.ask("{\"type\":\"tell\",\"id\":1}")).containsExactly("{\"type\":\"reply\",\"id\":1}");
		assertThat(other.sent).containsExactly("told");
	}

	@Test
	void errorsCarryTheId() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"double\",\"id\":1,\"n\":\"many\"}")).containsExactly(
				"{\"type\":\"error\",\"id\":1,\"error\":\"invalid-message\",\"detail\":\"The value of 'n' does not fit\"}");
		assertThat(session.ask("{\"type\":\"shout\",\"id\":1}")).singleElement()
			.asString()
			.startsWith("{\"type\":\"error\",\"id\":1,\"error\":\"unknown-type\",");
		assertThat(session.ask("{\"type\":\"double\",\"id\":1,\"n\":")).singleElement()
			.asString()
			.startsWith("{\"type\":\"error\",\"id\":1,\"error\":\"malformed-json\",")
			.contains("known types: any, delete, double, fail, list, order, quiet, tell");
	}

	@Test
	void whatAnErrorMethodReturnsIsAnErrorForTheRequest() throws Exception {
		FakeSession session = Harness.of(Desk.class).connect("/desk");
		assertThat(session.ask("{\"type\":\"fail\",\"id\":1}"))
			.containsExactly("{\"type\":\"error\",\"id\":1,\"data\":\"sorry\"}");
		assertThat(session.ask("{\"type\":\"fail\"}")).containsExactly("sorry");
		assertThat(session.ask("{\"type\":\"fail\",\"id\":2,\"quietly\":true}")).containsExactly(
				"{\"type\":\"error\",\"id\":2,\"error\":\"failed\",\"detail\":\"The message could not be handled\"}");
	}

	@Test
	void anEndpointWithoutTypesHasNoRequests() throws Exception {
		FakeSession session = Harness.of(Untyped.class).connect("/untyped");
		assertThat(session.ask("{\"id\":5,\"total\":3}")).containsExactly("{\"id\":5,\"total\":3}");
	}

	@Test
	void theIdFieldCanBeRenamedOrSwitchedOff() throws Exception {
		FakeSession renamed = Harness
			.with(new MessageCodec(Harness.JSON, new MessageFields("op", "ref"), List.of()), Desk.class)
			.connect("/desk");
		assertThat(renamed.ask("{\"op\":\"quiet\",\"ref\":1}")).containsExactly("{\"op\":\"reply\",\"ref\":1}");
		FakeSession off = Harness
			.with(new MessageCodec(Harness.JSON, new MessageFields("type", null), List.of()), Desk.class)
			.connect("/desk");
		assertThat(off.ask("{\"type\":\"quiet\",\"id\":1}")).isEmpty();
	}

	@Test
	void theEnvelopeIsAnArgument() throws Exception {
		FakeSession session = Harness.of(Enveloped.class).connect("/enveloped");
		assertThat(session.ask("{\"type\":\"a\",\"id\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"WsEnvelope[type=a, id=1]\"}");
		assertThat(session.ask("{\"type\":\"b\"}")).containsExactly("text WsEnvelope[type=b, id=null]");
		assertThat(session.ask("no json")).containsExactly("text WsEnvelope[type=null, id=null]");
	}

	@Test
	void unknownTypesCanBeIgnoredButNotThoseOfRequests() throws Exception {
		FakeSession session = Harness.with(policy(UnknownType.IGNORE, WsMessageListener.NONE), Desk.class)
			.connect("/desk");
		assertThat(session.ask("{\"type\":\"shout\"}")).isEmpty();
		assertThat(session.ask("{\"type\":\"shout\",\"id\":1}")).singleElement().asString().contains("unknown-type");
		assertThat(session.ask("oops")).singleElement().asString().contains("malformed-json");
		assertThat(session.closed).isNull();
	}

	@Test
	void unknownTypesCanCloseTheSession() throws Exception {
		FakeSession session = Harness.with(policy(UnknownType.CLOSE, WsMessageListener.NONE), Desk.class)
			.connect("/desk");
		assertThat(session.ask("{\"type\":\"shout\"}")).isEmpty();
		assertThat(session.closed).isNotNull();
		assertThat(session.closed.code()).isEqualTo(CloseStatus.POLICY_VIOLATION.code());
	}

	@Test
	void theClientsFaultsAreCounted() throws Exception {
		List<String> faults = new ArrayList<>();
		FakeSession session = Harness
			.with(policy(UnknownType.IGNORE, (source, fault) -> faults.add(source.id() + " " + fault.getError())),
					Desk.class)
			.connect("/desk");
		session.text("{\"type\":\"shout\"}");
		session.text("{");
		session.text("{\"type\":\"double\",\"n\":{}}");
		session.text("{\"type\":\"quiet\"}");
		assertThat(faults).containsExactly("s1 unknown-type", "s1 malformed-json", "s1 invalid-message");
	}

	@Test
	void aFailureOfOursCanBeAnsweredInsteadOfClosing() throws Exception {
		List<Throwable> failures = new ArrayList<>();
		HandlerOptions options = new HandlerOptions(List.of(), null, HandlerExtension.NONE,
				new FailurePolicy(UnknownType.ERROR, OnFailure.REPLY, WsMessageListener.NONE, new ServerListener() {

					@Override
					public void handlerFailed(io.github.wsspring.server.Endpoint endpoint,
							io.github.wsspring.server.@Nullable Session session, Throwable failure) {
						failures.add(failure);
					}

				}));
		FakeSession session = Harness.with(options, Failing.class).connect("/failing");
		assertThat(session.ask("{\"type\":\"fail\",\"id\":1}")).containsExactly(
				"{\"type\":\"error\",\"id\":1,\"error\":\"failed\",\"detail\":\"The message could not be handled\"}");
		assertThat(session.ask("{\"type\":\"fail\"}")).containsExactly(
				"{\"type\":\"error\",\"error\":\"failed\",\"detail\":\"The message could not be handled\"}");
		assertThat(session.closed).isNull();
		assertThat(failures).hasSize(2).allSatisfy((failure) -> assertThat(failure).hasMessage("secret"));
		FakeSession closing = Harness.of(Failing.class).connect("/failing");
		assertThatIllegalStateException().isThrownBy(() -> closing.text("{\"type\":\"fail\",\"id\":1}"));
		assertThat(closing.sent).isEmpty();
	}

	private static HandlerOptions policy(UnknownType unknownType, WsMessageListener listener) {
		return new HandlerOptions(List.of(), null, HandlerExtension.NONE,
				new FailurePolicy(unknownType, OnFailure.CLOSE, listener, ServerListener.NONE));
	}

	record Number(int n) {

	}

	record Order(long id, int total) {

	}

	record Delete(long id) {

	}

	@WsEndpoint("/desk")
	static class Desk {

		@OnMessage("double")
		Number twice(Number in) {
			return new Number(2 * in.n());
		}

		@OnMessage("any")
		String any() {
			return "any";
		}

		@OnMessage("list")
		List<Integer> list() {
			return List.of(1, 2);
		}

		@OnMessage("order")
		Order order() {
			return new Order(5, 3);
		}

		@OnMessage("delete")
		String delete(Delete in) {
			return "deleted " + in.id();
		}

		@OnMessage("quiet")
		void quiet() {
		}

		@OnMessage("tell")
		@Broadcast(to = "all")
		String tell() {
			return "told";
		}

		@OnMessage("fail")
		void fail(Map<String, Object> in) {
			throw new UnsupportedOperationException(in.containsKey("quietly") ? "quietly" : "loudly");
		}

		@OnError
		@Nullable String sorry(UnsupportedOperationException ex) {
			return "quietly".equals(ex.getMessage()) ? null : "sorry";
		}

	}

	@WsEndpoint("/later")
	static class Later {

		final List<CompletableFuture<String>> answers = new ArrayList<>();

		@OnMessage("ask")
		CompletionStage<String> ask() {
			CompletableFuture<String> answer = new CompletableFuture<>();
			this.answers.add(answer);
			return answer;
		}

	}

	@WsEndpoint("/untyped")
	static class Untyped {

		@OnMessage
		Order order(Order order) {
			return order;
		}

	}

	@WsEndpoint("/enveloped")
	static class Enveloped {

		@OnMessage("a")
		String typed(WsEnvelope envelope) {
			return envelope.toString();
		}

		@OnMessage
		String text(String text, WsEnvelope envelope) {
			return "text " + envelope;
		}

	}

	@WsEndpoint("/failing")
	static class Failing {

		@OnMessage("fail")
		void fail() {
			throw new IllegalStateException("secret");
		}

	}

}
