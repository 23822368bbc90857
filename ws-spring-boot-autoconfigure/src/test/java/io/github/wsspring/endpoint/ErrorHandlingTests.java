package io.github.wsspring.endpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ErrorHandlingTests {

	@Test
	void theMostSpecificTypeWins() throws Exception {
		FakeSession session = Harness.of(Catching.class).connect("/catching");
		assertThat(session.ask("missing")).containsExactly("missing file");
		assertThat(session.ask("io")).containsExactly("io");
		assertThat(session.ask("argument")).containsExactly("listed argument");
		assertThat(session.ask("state")).containsExactly("listed state");
	}

	@Test
	void theReturnValueIsTreatedLikeAnyOther() throws Exception {
		FakeSession session = Harness.of(Catching.class).connect("/catching");
		session.text("unsupported");
		assertThat(session.closed).isEqualTo(new CloseStatus(4001, "unsupported"));
	}

	@Test
	void whatNobodyHandlesGoesOnToTheEngine() throws Exception {
		FakeSession session = Harness.of(Catching.class).connect("/catching");
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> session.text("arithmetic"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> session.text("error"));
		assertThat(session.sent).isEmpty();
	}

	@Test
	void aMethodWithoutAnExceptionParameterHandlesEverything() throws Exception {
		FakeSession session = Harness.of(CatchAll.class).connect("/all");
		assertThat(session.ask("x")).containsExactly("oops");
	}

	@Test
	void everyPhaseIsCovered() throws Exception {
		FakeSession session = Harness.of(FailingEverywhere.class).connect("/failing");
		session.text("x");
		session.binary(1);
		session.endpoint().handler().onPong(session, new byte[0]);
		session.endpoint().handler().onClose(session, CloseStatus.NORMAL);
		assertThat(session.sent).containsExactly("open", "text", "binary", "pong", "close");
	}

	@Test
	void aStageThatFailsIsHandledLikeAnException() throws Exception {
		Harness harness = Harness.of(FailingLater.class);
		FakeSession session = harness.connect("/later");
		CompletionStage<?> stage = session.text("x");
		harness.bean(FailingLater.class).reply.completeExceptionally(new IOException("late"));
		assertThat(session.sent).containsExactly("caught late");
		assertThat(stage).isNotNull();
		assertThat(stage.toCompletableFuture()).isCompleted();
	}

	@Test
	void anErrorMethodMayReplyLater() throws Exception {
		Harness harness = Harness.of(CatchingLater.class);
		FakeSession session = harness.connect("/later");
		CompletionStage<?> stage = session.text("x");
		assertThat(stage).isNotNull();
		assertThat(stage.toCompletableFuture()).isNotDone();
		harness.bean(CatchingLater.class).reply.complete("sorry");
		assertThat(stage.toCompletableFuture()).isCompleted();
		assertThat(session.sent).containsExactly("sorry");
	}

	@Test
	void anErrorMethodThatFailsKeepsTheFirstFailureSuppressed() throws Exception {
		FakeSession session = Harness.of(FailingTwice.class).connect("/twice");
		assertThatIllegalStateException().isThrownBy(() -> session.text("x"))
			.withMessage("second")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
				.hasMessage("first"));
	}

	@Test
	void anErrorMethodMayThrowTheSameExceptionOn() throws Exception {
		FakeSession session = Harness.of(Rethrowing.class).connect("/rethrowing");
		assertThatIllegalStateException().isThrownBy(() -> session.text("x"))
			.withMessage("first")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
	}

	@Test
	void aReplyThatCannotBeWrittenIsAFailureOfTheMethod() throws Exception {
		FakeSession session = Harness.of(Unwritable.class).connect("/unwritable");
		assertThat(session.ask("x")).containsExactly("cannot write");
	}

	@Test
	void theClientsFaultsAreAnsweredEvenIfEverythingIsCaught() throws Exception {
		FakeSession session = Harness.of(CatchAllJson.class).connect("/json");
		assertThat(session.ask("oops")).singleElement().asString().contains("malformed-json");
	}

	@Test
	void aMethodThatNamesInvalidMessageExceptionIsAskedInstead() throws Exception {
		FakeSession session = Harness.of(CatchingInvalid.class).connect("/json");
		assertThat(session.ask("oops")).containsExactly("mine: malformed-json");
	}

	@Test
	void methodsMayThrowInvalidMessageExceptionThemselves() throws Exception {
		FakeSession session = Harness.of(Complaining.class).connect("/complaining");
		assertThat(session.ask("a\"b\n"))
			.containsExactly("{\"type\":\"error\",\"error\":\"bad-word\",\"detail\":\"Not \\\"a\\\"b\\u000a\\\"\"}");
		assertThat(session.closed).isNull();
	}

	@Test
	void aTypeThatNobodyCouldReadIsNotTheClientsFault() throws Exception {
		FakeSession session = Harness.of(Unreadable.class).connect("/unreadable");
		assertThatThrownBy(() -> session.text("{\"a\":1}")).isNotInstanceOf(InvalidMessageException.class);
		assertThat(session.sent).isEmpty();
	}

	@WsEndpoint("/catching")
	static class Catching {

		@OnMessage
		void message(String text) throws IOException {
			switch (text) {
				case "missing" -> throw new FileNotFoundException();
				case "io" -> throw new IOException();
				case "argument" -> throw new NumberFormatException("argument");
				case "state" -> throw new IllegalStateException("state");
				case "unsupported" -> throw new UnsupportedOperationException("unsupported");
				case "arithmetic" -> throw new ArithmeticException();
				default -> throw new AssertionError();
			}
		}

		@OnError
		String io(IOException ex) {
			return "io";
		}

		@OnError
		String missing(FileNotFoundException ex, WsSession session) {
			return "missing file";
		}

		@OnError({ IllegalArgumentException.class, IllegalStateException.class })
		String listed(RuntimeException ex) {
			return "listed " + ex.getMessage();
		}

		@OnError
		CloseStatus close(UnsupportedOperationException ex) {
			return new CloseStatus(4001, "unsupported");
		}

	}

	@WsEndpoint("/all")
	static class CatchAll {

		@OnMessage
		void message(String text) {
			throw new IllegalStateException();
		}

		@OnError
		String oops() {
			return "oops";
		}

	}

	@WsEndpoint("/failing")
	static class FailingEverywhere {

		@OnOpen
		void open() {
			throw new IllegalStateException("open");
		}

		@OnMessage
		void text(String text) {
			throw new IllegalStateException("text");
		}

		@OnMessage
		void binary(byte[] data) {
			throw new IllegalStateException("binary");
		}

		@OnPong
		void pong() {
			throw new IllegalStateException("pong");
		}

		@OnClose
		void close() {
			throw new IllegalStateException("close");
		}

		@OnError
		String oops(Exception ex) {
			return String.valueOf(ex.getMessage());
		}

	}

	@WsEndpoint("/later")
	static class FailingLater {

		final CompletableFuture<String> reply = new CompletableFuture<>();

		@OnMessage
		CompletionStage<String> message(String text) {
			return this.reply;
		}

		@OnError
		String caught(IOException ex) {
			return "caught " + ex.getMessage();
		}

	}

	@WsEndpoint("/later")
	static class CatchingLater {

		final CompletableFuture<String> reply = new CompletableFuture<>();

		@OnMessage
		CompletionStage<String> message(String text) {
			return CompletableFuture.failedFuture(new IOException());
		}

		@OnError
		CompletionStage<String> caught(IOException ex) {
			return this.reply;
		}

	}

	@WsEndpoint("/twice")
	static class FailingTwice {

		@OnMessage
		void message(String text) {
			throw new IllegalArgumentException("first");
		}

		@OnError
		void oops(IllegalArgumentException ex) {
			throw new IllegalStateException("second");
		}

	}

	@WsEndpoint("/rethrowing")
	static class Rethrowing {

		@OnMessage
		void message(String text) {
			throw new IllegalStateException("first");
		}

		@OnError
		void oops(IllegalStateException ex) {
			throw ex;
		}

	}

	static class Loop {

		public Loop getSelf() {
			throw new UnsupportedOperationException();
		}

	}

	@WsEndpoint("/unwritable")
	static class Unwritable {

		@OnMessage
		Loop message(String text) {
			return new Loop();
		}

		@OnError
		String oops(RuntimeException ex) {
			return "cannot write";
		}

	}

	@WsEndpoint("/json")
	static class CatchAllJson {

		@OnMessage
		void message(int number) {
		}

		@OnError
		void oops(Throwable ex) {
		}

	}

	@WsEndpoint("/json")
	static class CatchingInvalid {

		@OnMessage
		void message(int number) {
		}

		@OnError
		String invalid(InvalidMessageException ex) {
			return "mine: " + ex.getError();
		}

	}

	@WsEndpoint("/complaining")
	static class Complaining {

		@OnMessage
		void message(String text) {
			throw new InvalidMessageException("bad-word", "Not \"" + text + "\"");
		}

	}

	interface NoImplementation {

	}

	@WsEndpoint("/unreadable")
	static class Unreadable {

		@OnMessage
		void message(NoImplementation payload) {
		}

	}

}
