package io.github.wsspring.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.server.SessionClosedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a session asks its client.
 */
@Timeout(60)
class ServerRequestTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	@Test
	void aRequestIsAMessageWithAnIdOfItsOwn() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		session.ws().request("where", new Place("here"), Place.class, LONG);
		session.ws().request("where", "text", Place.class, LONG);
		session.ws().request("where", new Numbered(5), Place.class, LONG);
		session.ws().request("where", Map.of(), Place.class, LONG);
		session.ws().request(new Place("here"), Place.class, LONG);
		session.ws().request(Map.of(), Place.class, LONG);
		assertThat(session.sent).containsExactly("{\"type\":\"where\",\"id\":\"srv-1\",\"name\":\"here\"}",
				"{\"type\":\"where\",\"id\":\"srv-2\",\"data\":\"text\"}",
				"{\"type\":\"where\",\"id\":\"srv-3\",\"data\":{\"id\":5}}", "{\"type\":\"where\",\"id\":\"srv-4\"}",
				"{\"id\":\"srv-5\",\"name\":\"here\"}", "{\"id\":\"srv-6\"}");
	}

	@Test
	void aRequestWithoutATypeHasToBeAnObjectWithoutAnId() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		for (Object payload : List.of("text", List.of(1), new Numbered(5))) {
			assertThatIllegalArgumentException().isThrownBy(() -> session.ws().request(payload, Place.class, LONG))
				.withMessageContaining("request(\"type\", payload, ...)");
		}
		assertThat(session.sent).isEmpty();
	}

	@Test
	void theReplyHasMembersOrData() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(reply(session, Place.class, "\"name\":\"home\"")).isEqualTo(new Place("home"));
		assertThat(reply(session, Place.class, "\"data\":{\"name\":\"home\"}")).isEqualTo(new Place("home"));
		assertThat(reply(session, String.class, "\"data\":\"home\"")).isEqualTo("home");
		assertThat(reply(session, int.class, "\"data\":7")).isEqualTo(7);
		assertThat(reply(session, int[].class, "\"data\":[1,2]")).isEqualTo(new int[] { 1, 2 });
		assertThat(reply(session, BigDecimal.class, "\"data\":1.10")).isEqualTo(new BigDecimal("1.10"));
		assertThat(reply(session, Wrapped.class, "\"data\":7")).isEqualTo(new Wrapped(7));
		assertThat(reply(session, Wrapped.class, "\"data\":{\"data\":7}")).isEqualTo(new Wrapped(7));
	}

	@Test
	void nobodyNeedsAnAnswerToVoid() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThat(reply(session, Void.class, null)).isNull();
		assertThat(reply(session, Void.class, "\"name\":\"home\"")).isNull();
	}

	@Test
	void aReplyThatDoesNotFitFails() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		assertThatFails(session, "\"name\":{}", "The reply to 'srv-1' does not fit: The value of 'name' does not fit");
		assertThatFails(session, "\"data\":[1]",
				"The reply to 'srv-2' does not fit: The message does not fit its type");
		assertThatFails(session, null, "The reply to 'srv-3' is empty");
		assertThatFails(session, "\"data\":null", "The reply to 'srv-4' is empty");
		assertThatFails(session, "\"nam\":\"x\"",
				"The reply to 'srv-5' does not fit: Unknown member 'nam'; known: [name]");
	}

	private static void assertThatFails(FakeSession session, @Nullable String members, String detail) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> reply(session, Place.class, members))
			.havingCause()
			.isInstanceOf(InvalidMessageException.class)
			.withMessage(detail);
	}

	@Test
	void anErrorFailsWithWhatTheClientSays() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		CompletableFuture<Place> answer = session.ws().request("where", Map.of(), Place.class, LONG);
		session.text("{\"type\":\"error\",\"id\":\"srv-1\",\"error\":\"lost\",\"detail\":\"No signal\",\"more\":1}");
		assertThat(failure(answer)).isInstanceOfSatisfying(RequestFailedException.class, (failure) -> {
			assertThat(failure.getError()).isEqualTo("lost");
			assertThat(failure.getDetail()).isEqualTo("No signal");
			assertThat(failure).hasMessage("lost: No signal");
		});
		CompletableFuture<Place> silent = session.ws().request("where", Map.of(), Place.class, LONG);
		session.text("{\"type\":\"error\",\"id\":\"srv-2\"}");
		assertThat(failure(silent)).isInstanceOfSatisfying(RequestFailedException.class, (failure) -> {
			assertThat(failure.getError()).isEqualTo("error");
			assertThat(failure.getDetail()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/typed", "/json", "/text" })
	void answersGoPastTheMethodsOfEveryKindOfEndpoint(String path) throws Exception {
		FakeSession session = Harness.of(Typed.class, Json.class, Text.class).connect(path);
		CompletableFuture<Place> answer = session.ws().request("where", Map.of(), Place.class, LONG);
		assertThat(session.ask("{\"name\":\"home\",\"id\":\"srv-1\",\"type\":\"reply\"}")).isEmpty();
		assertThat(answer).isCompletedWithValue(new Place("home"));
	}

	@Test
	void answersThatComeTooLateOrTwiceAreDropped() throws Exception {
		FakeSession session = Harness.of(Text.class).connect("/text");
		CompletableFuture<Place> answer = session.ws().request("where", Map.of(), Place.class, Duration.ofMillis(1));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(answer::get)
			.havingCause()
			.isInstanceOf(RequestTimeoutException.class)
			.withMessage("There was no answer within 1 ms");
		assertThat(session.ask("{\"type\":\"reply\",\"id\":\"srv-1\",\"name\":\"late\"}")).isEmpty();
		assertThat(session.ask("{\"type\":\"error\",\"id\":\"srv-1\"}")).isEmpty();
	}

	@Test
	void theEventLoopLooksAtTextsOnlyWhileAnAnswerIsWaitedFor() throws Exception {
		FakeSession session = Harness.of(Text.class).connect("/text");
		String reply = "{\"type\":\"reply\",\"id\":\"srv-1\"}";
		assertThat(session.endpoint().handler().intercept(session, reply)).isFalse();
		CompletableFuture<Void> answer = session.ws().request("where", Map.of(), Void.class, LONG);
		assertThat(session.endpoint().handler().intercept(session, reply)).isTrue();
		assertThat(answer).isCompleted();
		assertThat(session.endpoint().handler().intercept(session, reply)).isFalse();
		assertThat(session.ask(reply)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"reply\",\"id\":\"srv-2\"}", "{\"type\":\"reply\",\"id\":\"srv-01\"}",
			"{\"type\":\"reply\",\"id\":\"srv-0\"}", "{\"type\":\"reply\",\"id\":\"srv--1\"}",
			"{\"type\":\"reply\",\"id\":\"srv-12345678901234567890\"}", "{\"type\":\"reply\",\"id\":1}",
			"{\"type\":\"say\",\"id\":\"srv-1\"}", "{\"type\":\"reply\",\"x\":\"srv-1\"}", "\"srv-1", "[\"srv-1\"]",
			"{\"type\":\"reply\",\"data\":{\"id\":\"srv-1\"}}" })
	void whatIsNoAnswerIsForTheMethods(String text) throws Exception {
		FakeSession session = Harness.of(Text.class).connect("/text");
		CompletableFuture<Place> answer = session.ws().request("where", Map.of(), Place.class, LONG);
		assertThat(session.ask(text)).containsExactly("got " + text);
		assertThat(answer).isNotDone();
	}

	@Test
	void clientsMayHaveRepliesOfTheirOwn() throws Exception {
		FakeSession session = Harness.of(Replies.class).connect("/replies");
		session.ws().request("where", Map.of(), Place.class, LONG);
		assertThat(session.ask("{\"type\":\"reply\",\"id\":5,\"name\":\"x\"}"))
			.containsExactly("{\"type\":\"reply\",\"id\":5,\"data\":\"got x\"}");
	}

	@Test
	void theFieldsCanBeRenamed() throws Exception {
		FakeSession session = Harness
			.with(new MessageCodec(Harness.JSON, new MessageFields("op", "ref"), List.of()), Typed.class)
			.connect("/typed");
		CompletableFuture<Place> answer = session.ws().request("where", new Numbered(5), Place.class, LONG);
		assertThat(session.sent).containsExactly("{\"op\":\"where\",\"ref\":\"srv-1\",\"id\":5}");
		session.text("{\"op\":\"reply\",\"ref\":\"srv-1\",\"name\":\"home\"}");
		assertThat(answer).isCompletedWithValue(new Place("home"));
	}

	@Test
	void withoutAnIdFieldThereAreNoRequests() throws Exception {
		FakeSession session = Harness
			.with(new MessageCodec(Harness.JSON, new MessageFields("type", null), List.of()), Text.class)
			.connect("/text");
		assertThatIllegalStateException().isThrownBy(() -> session.ws().request("where", Map.of(), Place.class, LONG))
			.withMessageContaining("ws.messages.id-field");
	}

	@Test
	void timeoutsArePositive() throws Exception {
		FakeSession session = Harness.of(Text.class).connect("/text");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> session.ws().request("where", Map.of(), Place.class, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> session.ws().request("where", Map.of(), Place.class, Duration.ofNanos(-1)));
		assertThat(session.ws().request("where", Map.of(), Place.class, Duration.ofSeconds(Long.MAX_VALUE)))
			.isNotDone();
	}

	@Test
	void sixtyFourRequestsMayWait() throws Exception {
		FakeSession session = Harness.of(Text.class).connect("/text");
		List<CompletableFuture<Void>> answers = new ArrayList<>();
		for (int i = 0; i < Requests.MAX_PENDING; i++) {
			answers.add(session.ws().request("where", Map.of(), Void.class, LONG));
		}
		assertThat(answers).noneMatch(CompletableFuture::isDone);
		assertThat(failure(session.ws().request("where", Map.of(), Void.class, LONG)))
			.isInstanceOf(IllegalStateException.class)
			.hasMessage("64 requests wait for answers of session s1 already; wait for some of them before asking more");
		assertThat(session.sent).hasSize(64);
		session.text("{\"type\":\"reply\",\"id\":\"srv-7\"}");
		answers.get(7).cancel(false);
		assertThat(session.ws().request("where", Map.of(), Void.class, LONG)).isNotDone();
		assertThat(session.ws().request("where", Map.of(), Void.class, LONG)).isNotDone();
		assertThat(session.ws().request("where", Map.of(), Void.class, LONG)).isCompletedExceptionally();
	}

	@Test
	void theEndOfTheSessionFailsWhatWaits() throws Exception {
		FakeSession session = Harness.of(Text.class).connect("/text");
		CompletableFuture<Place> answer = session.ws().request("where", Map.of(), Place.class, LONG);
		session.end();
		assertThat(failure(answer)).isInstanceOf(SessionClosedException.class)
			.hasMessage("Session s1 ended before it was answered");
		assertThat(failure(session.ws().request("where", Map.of(), Place.class, LONG)))
			.isInstanceOf(SessionClosedException.class)
			.hasMessage("Session s1 is closed");
	}

	@Test
	void aMethodMayReturnWhatDependsOnTheAnswer() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		CompletionStage<?> turn = session.text("{\"type\":\"ask\",\"id\":1}");
		assertThat(turn).isNotNull();
		assertThat(turn.toCompletableFuture()).isNotDone();
		assertThat(session.sent).containsExactly("{\"type\":\"where\",\"id\":\"srv-1\"}");
		assertThat(session.ask("{\"type\":\"reply\",\"id\":\"srv-1\",\"name\":\"home\"}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"at home\"}");
		assertThat(turn.toCompletableFuture()).isDone();
	}

	@Test
	void aRefusalIsPassedOnUnlessAMethodTakesIt() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		session.text("{\"type\":\"ask\",\"id\":1}");
		assertThat(session.ask("{\"type\":\"error\",\"id\":\"srv-1\",\"error\":\"lost\"}")).containsExactly(
				"{\"type\":\"error\",\"id\":1,\"error\":\"failed-dependency\",\"status\":424,\"title\":\"Failed Dependency\"}");
		assertThat(session.closed).isNull();
	}

	@Test
	void aClientThatLeavesWhileItIsWaitedForIsNoFailure() throws Exception {
		FakeSession session = Harness.of(Typed.class).connect("/typed");
		CompletionStage<?> turn = session.text("{\"type\":\"ask\",\"id\":1}");
		session.end();
		assertThat(turn).isNotNull();
		assertThat(turn.toCompletableFuture()).isCompleted();
		assertThat(session.sent).hasSize(1);
	}

	@Test
	void whoWaitsOnTheEventLoopIsTold() throws Exception {
		FakeSession session = Harness.of(Text.class).connect("/text");
		CompletableFuture<Place> answer = session.ws().request("where", Map.of(), Place.class, LONG);
		CompletableFuture<String> name = answer.thenApply(Place::name);
		session.inLoop = true;
		assertThatIllegalStateException().isThrownBy(answer::join).withMessageContaining("Execution.TASK");
		assertThatIllegalStateException().isThrownBy(answer::get);
		assertThatIllegalStateException().isThrownBy(() -> answer.get(1, TimeUnit.MINUTES));
		assertThatIllegalStateException().isThrownBy(name::join);
		session.text("{\"type\":\"reply\",\"id\":\"srv-1\",\"name\":\"home\"}");
		assertThat(answer.join()).isEqualTo(new Place("home"));
		assertThat(name.get(1, TimeUnit.MINUTES)).isEqualTo("home");
	}

	private static <T> @Nullable T reply(FakeSession session, Class<T> type, @Nullable String members)
			throws Exception {
		session.sent.clear();
		CompletableFuture<T> answer = session.ws().request("where", Map.of(), type, LONG);
		String id = session.sent.get(0).replaceAll(".*(srv-\\d+).*", "$1");
		session.text("{\"type\":\"reply\",\"id\":\"" + id + "\"" + ((members != null) ? "," + members : "") + "}");
		return answer.join();
	}

	private static @Nullable Throwable failure(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		return future.handle((value, failure) -> failure).join();
	}

	record Place(String name) {

	}

	record Numbered(int id) {

	}

	record Wrapped(int data) {

	}

	@WsEndpoint("/typed")
	static class Typed {

		@OnMessage("ask")
		CompletionStage<String> ask(WsSession session) {
			return session.request("where", Map.of(), Place.class, LONG).thenApply((place) -> "at " + place.name());
		}

	}

	@WsEndpoint("/json")
	static class Json {

		@OnMessage
		Place message(Place place) {
			return place;
		}

	}

	@WsEndpoint("/text")
	static class Text {

		@OnMessage
		String message(String text) {
			return "got " + text;
		}

	}

	@WsEndpoint("/replies")
	static class Replies {

		@OnMessage("reply")
		String message(Place place) {
			return "got " + place.name();
		}

	}

}
