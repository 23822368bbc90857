package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.SessionCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class StreamReturnTests {

	private final Harness harness = Harness.of(Streams.class);

	private final Streams bean = this.harness.bean(Streams.class);

	@Test
	void eachElementOfAStreamIsAMessageAndTheStreamIsClosed() throws Exception {
		assertThat(connect().ask("{\"type\":\"stream\"}")).containsExactly("1", "2", "3");
		assertThat(this.bean.closed).hasValue(1);
		assertThat(connect().ask("{\"type\":\"ints\"}")).containsExactly("0", "1");
	}

	@Test
	void eachElementOfAPublisherIsAMessage() throws Exception {
		assertThat(connect().ask("{\"type\":\"flux\"}")).containsExactly("a", "b");
		assertThat(connect().ask("{\"type\":\"publisher\"}")).containsExactly("{\"n\":1}");
		assertThat(connect().ask("{\"type\":\"object\"}")).containsExactly("x", "y");
	}

	@Test
	void eachItemOfAFlowPublisherIsAMessageUntilItEnds() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"flow\"}")).isEmpty();
		this.bean.flow.submit("one");
		this.bean.flow.submit("two");
		this.bean.flow.close();
		assertThat(session.sent).containsExactly("one", "two");
	}

	@Test
	void aListStaysOneMessage() throws Exception {
		assertThat(connect().ask("{\"type\":\"list\"}")).containsExactly("[1,2,3]");
	}

	@Test
	void aMonoIsAReplyThatTheNextMessageWaitsFor() throws Exception {
		FakeSession session = connect();
		CompletionStage<?> stage = session.text("{\"type\":\"mono\"}");
		assertThat(stage).isNotNull();
		assertThat(stage.toCompletableFuture()).isNotDone();
		this.bean.mono.tryEmitValue("there");
		assertThat(session.sent).containsExactly("there");
		assertThat(stage.toCompletableFuture()).isCompleted();
	}

	@Test
	void anEmptyMonoSendsNothing() throws Exception {
		FakeSession session = connect();
		CompletionStage<?> stage = session.text("{\"type\":\"mono\"}");
		this.bean.mono.tryEmitEmpty();
		assertThat(session.sent).isEmpty();
		assertThat(stage).isNotNull();
		assertThat(stage.toCompletableFuture()).isCompleted();
	}

	@Test
	void aMonoThatFailsGoesToTheErrorMethod() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"mono\"}");
		this.bean.mono.tryEmitError(new IllegalArgumentException("no"));
		assertThat(session.sent).containsExactly("sorry: no");
	}

	@Test
	void aStreamDoesNotHoldBackTheNextMessage() throws Exception {
		FakeSession session = connect();
		assertThat(session.text("{\"type\":\"endless\"}")).isNull();
		this.bean.endless.tryEmitNext("1");
		session.text("{\"type\":\"list\"}");
		this.bean.endless.tryEmitNext("2");
		assertThat(session.sent).containsExactly("1", "[1,2,3]", "2");
	}

	@Test
	void onlyOneValueIsAskedForWhileTheClientReadsTooSlowly() throws Exception {
		FakeSession session = connect();
		session.writable = new CompletableFuture<>();
		session.text("{\"type\":\"numbers\"}");
		assertThat(session.sent).containsExactly("1");
		assertThat(this.bean.produced).hasValue(1);
		CompletableFuture<Void> writable = session.writable;
		session.writable = new CompletableFuture<>();
		writable.complete(null);
		assertThat(session.sent).containsExactly("1", "2");
		assertThat(this.bean.produced).hasValue(2);
		writable = session.writable;
		session.writable = CompletableFuture.completedFuture(null);
		writable.complete(null);
		assertThat(session.sent).hasSize(1000).endsWith("1000");
	}

	@Test
	void aStreamIsCancelledWhenTheSessionEnds() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"endless\"}");
		assertThat(this.bean.endless.currentSubscriberCount()).isEqualTo(1);
		session.endpoint().handler().onClose(session, CloseStatus.ABNORMAL);
		assertThat(this.bean.endless.currentSubscriberCount()).isZero();
		assertThat(this.bean.events).containsExactly("cancelled", "closed");
	}

	@Test
	void aJavaStreamIsClosedWhenTheSessionEnds() throws Exception {
		FakeSession session = connect();
		session.writable = new CompletableFuture<>();
		session.text("{\"type\":\"stream\"}");
		assertThat(this.bean.closed).hasValue(0);
		session.endpoint().handler().onClose(session, CloseStatus.ABNORMAL);
		assertThat(this.bean.closed).hasValue(1);
		session.writable.complete(null);
		assertThat(session.sent).containsExactly("1");
		assertThat(this.bean.closed).hasValue(1);
	}

	@Test
	void nothingIsAskedForOnceTheSessionIsClosing() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"endless\"}");
		session.close(CloseStatus.NORMAL);
		this.bean.endless.tryEmitNext("1");
		assertThat(this.bean.endless.currentSubscriberCount()).isZero();
		assertThat(session.sent).isEmpty();
	}

	@Test
	void aFailureInAStreamGoesToTheErrorMethodInTurn() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"failing\"}")).containsExactly("1");
		session.turn();
		assertThat(session.sent).containsExactly("1", "sorry: broken");
		assertThat(session.ask("{\"type\":\"failingStream\"}")).containsExactly("1");
		session.turn();
		assertThat(session.sent).containsExactly("1", "sorry: broken");
		assertThat(this.bean.closed).hasValue(1);
	}

	@Test
	void aFailureThatNoMethodTakesIsTheEngines() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"unhandled\"}");
		SessionCall call = session.calls.remove();
		assertThatIllegalStateException().isThrownBy(call::call).withMessage("broken");
	}

	@Test
	void aValueThatIsNotJsonEndsTheStream() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"cyclic\"}");
		assertThat(session.sent).containsExactly("1");
		assertThat(session.calls).hasSize(1);
	}

	@Test
	void aCloseStatusInAStreamCloses() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"last\"}");
		assertThat(session.sent).containsExactly("last words");
		assertThat(session.closed).isEqualTo(CloseStatus.GOING_AWAY);
	}

	@Test
	void aMonoThatBringsAStreamIsFollowed() throws Exception {
		assertThat(connect().ask("{\"type\":\"nested\"}")).containsExactly("1", "2");
	}

	@Test
	void atMostSixtyFourStreamsAreOpenAtATime() throws Exception {
		FakeSession session = connect();
		for (int i = 0; i < 64; i++) {
			session.text("{\"type\":\"endless\"}");
		}
		assertThat(session.sent).isEmpty();
		session.text("{\"type\":\"stream\"}");
		assertThat(session.sent).containsExactly(
				"{\"type\":\"error\",\"error\":\"too-many-streams\",\"detail\":\"At most 64 streams may be open at a time\"}");
		assertThat(this.bean.closed).hasValue(1);
		this.bean.endless.tryEmitComplete();
		assertThat(session.ask("{\"type\":\"flux\"}")).containsExactly("a", "b");
	}

	@Test
	void aBroadcastStreamGoesToAllAndIsPacedByTheFastest() throws Exception {
		FakeSession sender = connect();
		FakeSession slow = connect();
		FakeSession fast = connect();
		slow.buffered = 1000;
		fast.buffered = 10;
		for (FakeSession session : List.of(sender, slow, fast)) {
			session.ws().join("all");
		}
		fast.writable = new CompletableFuture<>();
		slow.writable = new CompletableFuture<>();
		sender.writable = new CompletableFuture<>();
		sender.text("{\"type\":\"tell\"}");
		assertThat(slow.sent).containsExactly("{\"type\":\"number\",\"data\":1}");
		CompletableFuture<Void> writable = fast.writable;
		fast.writable = CompletableFuture.completedFuture(null);
		writable.complete(null);
		assertThat(slow.sent).hasSize(3);
		assertThat(fast.sent).hasSize(3);
		assertThat(sender.sent).hasSize(3);
	}

	@Test
	void eachValueForARequestCarriesItsIdAndTheEndIsAcknowledged() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"stream\",\"id\":1}")).containsExactly(
				"{\"type\":\"reply\",\"id\":1,\"data\":1}", "{\"type\":\"reply\",\"id\":1,\"data\":2}",
				"{\"type\":\"reply\",\"id\":1,\"data\":3}", "{\"type\":\"reply\",\"id\":1}");
		assertThat(session.ask("{\"type\":\"publisher\",\"id\":\"a\"}"))
			.containsExactly("{\"type\":\"reply\",\"id\":\"a\",\"n\":1}", "{\"type\":\"reply\",\"id\":\"a\"}");
	}

	@Test
	void aValueWithoutMembersIsNoAcknowledgement() throws Exception {
		assertThat(connect().ask("{\"type\":\"blank\",\"id\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":{}}", "{\"type\":\"reply\",\"id\":1}");
	}

	@Test
	void aMonoForARequestIsItsReply() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"mono\",\"id\":1}");
		this.bean.mono.tryEmitValue("there");
		assertThat(session.sent).containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"there\"}");
	}

	@Test
	void anEmptyMonoForARequestIsAcknowledged() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"mono\",\"id\":1}");
		this.bean.mono.tryEmitEmpty();
		assertThat(session.sent).containsExactly("{\"type\":\"reply\",\"id\":1}");
	}

	@Test
	void aStreamForARequestEndsWithItsErrorOnly() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"failing\",\"id\":1}");
		session.turn();
		assertThat(session.sent).containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":1}",
				"{\"type\":\"error\",\"id\":1,\"data\":\"sorry: broken\"}");
	}

	@Test
	void theAcknowledgementWaitsForTheLastValue() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"slowly\",\"id\":1}");
		assertThat(session.sent).isEmpty();
		this.bean.slow.complete("done");
		assertThat(session.sent).containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"done\"}",
				"{\"type\":\"reply\",\"id\":1}");
	}

	@Test
	void aLastValueThatFailsIsNotAcknowledged() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"slowly\",\"id\":1}");
		this.bean.slow.completeExceptionally(new IllegalArgumentException("late"));
		session.turn();
		assertThat(session.sent).containsExactly("{\"type\":\"error\",\"id\":1,\"data\":\"sorry: late\"}");
	}

	@Test
	void anErrorWaitsForTheLastValue() throws Exception {
		FakeSession session = connect();
		session.text("{\"type\":\"slowlyFailing\",\"id\":1}");
		session.turn();
		assertThat(session.sent).isEmpty();
		this.bean.slow.complete("done");
		session.turn();
		assertThat(session.sent).containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"done\"}",
				"{\"type\":\"error\",\"id\":1,\"data\":\"sorry: broken\"}");
	}

	@Test
	void aBroadcastStreamIsAcknowledgedOnce() throws Exception {
		FakeSession sender = connect();
		FakeSession member = connect();
		member.ws().join("all");
		assertThat(sender.ask("{\"type\":\"tell\",\"id\":1}")).containsExactly("{\"type\":\"reply\",\"id\":1}");
		assertThat(member.sent).hasSize(3).first().isEqualTo("{\"type\":\"number\",\"data\":1}");
	}

	@Test
	void aStreamOfRepliesIsAcknowledgedOnce() throws Exception {
		FakeSession sender = connect();
		FakeSession member = connect();
		member.ws().join("all");
		assertThat(sender.ask("{\"type\":\"replies\",\"id\":1}")).containsExactly("{\"type\":\"own\",\"id\":1,\"n\":1}",
				"{\"type\":\"reply\",\"id\":1}");
		assertThat(member.sent).containsExactly("to all");
	}

	@Test
	void oneStreamTooManyIsAnErrorWithTheId() throws Exception {
		FakeSession session = connect();
		for (int i = 0; i < 64; i++) {
			session.text("{\"type\":\"endless\"}");
		}
		assertThat(session.ask("{\"type\":\"stream\",\"id\":1}")).singleElement()
			.asString()
			.startsWith("{\"type\":\"error\",\"id\":1,\"error\":\"too-many-streams\",");
	}

	@Test
	void nothingCanBeStreamedAfterTheClose() {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Harness.of(Late.class))
			.withMessageStartingWith("Late.close() in the bean 'streamReturnTests.Late' returns a Flux, but nothing "
					+ "waits after the close.");
	}

	private FakeSession connect() throws Exception {
		return this.harness.connect("/streams");
	}

	record Number(int n) {

	}

	record Blank() {

	}

	record Cyclic(List<Object> self) {

		static Cyclic create() {
			List<Object> list = new ArrayList<>();
			list.add(new Cyclic(list));
			return new Cyclic(list);
		}

		@Override
		public int hashCode() {
			return 1;
		}

	}

	@WsEndpoint("/streams")
	static class Streams {

		final AtomicInteger closed = new AtomicInteger();

		final AtomicInteger produced = new AtomicInteger();

		final List<String> events = new ArrayList<>();

		final SubmissionPublisher<String> flow = new SubmissionPublisher<>(Runnable::run, 8);

		final Sinks.One<String> mono = Sinks.one();

		final CompletableFuture<String> slow = new CompletableFuture<>();

		final Sinks.Many<String> endless = Sinks.many().multicast().directBestEffort();

		@OnMessage("stream")
		Stream<Integer> stream() {
			return Stream.of(1, 2, 3).onClose(this.closed::incrementAndGet);
		}

		@OnMessage("ints")
		IntStream ints() {
			return IntStream.range(0, 2);
		}

		@OnMessage("flux")
		Flux<String> flux() {
			return Flux.just("a", "b");
		}

		@OnMessage("publisher")
		Publisher<Number> publisher() {
			return Flux.just(new Number(1));
		}

		@OnMessage("object")
		Object object() {
			return Flux.just("x", "y");
		}

		@OnMessage("flow")
		Flow.Publisher<String> flow() {
			return this.flow;
		}

		@OnMessage("list")
		List<Integer> list() {
			return List.of(1, 2, 3);
		}

		@OnMessage("mono")
		Mono<String> mono() {
			return this.mono.asMono();
		}

		@OnMessage("nested")
		Mono<Flux<Integer>> nested() {
			return Mono.just(Flux.just(1, 2));
		}

		@OnMessage("endless")
		Flux<String> endless() {
			return this.endless.asFlux().doOnCancel(() -> this.events.add("cancelled"));
		}

		@OnMessage("numbers")
		Stream<Integer> numbers() {
			return IntStream.rangeClosed(1, 1000).boxed().peek((number) -> this.produced.incrementAndGet());
		}

		@OnMessage("failing")
		Flux<Integer> failing() {
			return Flux.concat(Flux.just(1), Flux.error(new IllegalArgumentException("broken")));
		}

		@OnMessage("failingStream")
		Stream<Integer> failingStream() {
			return Stream.of(1, 2).peek((number) -> {
				if (number == 2) {
					throw new IllegalArgumentException("broken");
				}
			}).onClose(this.closed::incrementAndGet);
		}

		@OnMessage("unhandled")
		Flux<Integer> unhandled() {
			return Flux.error(new IllegalStateException("broken"));
		}

		@OnMessage("cyclic")
		Flux<Object> cyclic() {
			return Flux.just(1, Cyclic.create(), 3);
		}

		@OnMessage("blank")
		Flux<Blank> blank() {
			return Flux.just(new Blank());
		}

		@OnMessage("slowly")
		Flux<CompletableFuture<String>> slowly() {
			return Flux.just(this.slow);
		}

		@OnMessage("slowlyFailing")
		Flux<CompletableFuture<String>> slowlyFailing() {
			return Flux.concat(Flux.just(this.slow), Flux.error(new IllegalArgumentException("broken")));
		}

		@OnMessage("replies")
		Flux<WsReply<?>> replies() {
			return Flux.just(WsReply.of(new Number(1)).type("own"), WsReply.of("to all").topic("all"));
		}

		@OnMessage("last")
		Flux<Object> last() {
			return Flux.just("last words", CloseStatus.GOING_AWAY, "more");
		}

		@OnMessage("tell")
		@Broadcast(to = "all", type = "number")
		Flux<Integer> tell() {
			return Flux.range(1, 3);
		}

		@OnError
		@Nullable String error(IllegalArgumentException ex) {
			return "sorry: " + ex.getMessage();
		}

		@OnClose
		void close() {
			this.events.add("closed");
		}

	}

	@WsEndpoint("/late")
	static class Late {

		@OnClose
		@Broadcast(to = "all")
		Flux<String> close() {
			return Flux.just("too late");
		}

	}

}
