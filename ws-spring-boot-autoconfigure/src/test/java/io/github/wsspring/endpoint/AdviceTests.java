package io.github.wsspring.endpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.HandshakeExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Failures beyond the endpoint's own {@code @OnError} methods.
 */
class AdviceTests {

	@Test
	void theEndpointIsAskedBeforeTheAdvice() throws Exception {
		FakeSession session = Harness.of(Failing.class, First.class, Second.class).connect("/failing/a");
		assertThat(session.ask("io")).containsExactly("endpoint");
	}

	@Test
	void theFirstAdviceThatTakesTheExceptionWins() throws Exception {
		FakeSession session = Harness.of(Failing.class, Second.class, First.class).connect("/failing/a");
		assertThat(session.ask("argument")).containsExactly("first a");
		assertThat(session.ask("element")).containsExactly("second");
	}

	@Test
	void everyPhaseOfASessionIsCovered() throws Exception {
		FakeSession session = Harness.of(FailingEverywhere.class, All.class).connect("/everywhere");
		session.text("x");
		session.binary(1);
		session.text("later");
		session.endpoint().handler().onPong(session, new byte[0]);
		session.endpoint().handler().onClose(session, CloseStatus.NORMAL);
		assertThat(session.sent).containsExactly("open", "text", "binary", "later", "pong", "close");
	}

	@Test
	void anErrorMethodThatFailsIsNotAskedAboutItself() throws Exception {
		FakeSession session = Harness.of(FailingTwice.class).connect("/twice");
		assertThatIllegalStateException().isThrownBy(() -> session.text("{\"type\":\"a\",\"id\":1}"))
			.withMessage("second");
	}

	@Test
	void anExceptionThatCarriesAStatusIsAnErrorMessage() throws Exception {
		FakeSession session = Harness.of(Carrying.class).connect("/carrying");
		assertThat(session.ask("response")).containsExactly(
				"{\"type\":\"error\",\"error\":\"not-found\",\"detail\":\"No such room\",\"status\":404,\"title\":\"Not Found\"}");
		assertThat(session.ask("annotation")).containsExactly(
				"{\"type\":\"error\",\"error\":\"gone\",\"detail\":\"It was here\",\"status\":410,\"title\":\"Gone\"}");
		assertThat(session.closed).isNull();
	}

	@Test
	void aSessionThatWasRefusedWhileItOpenedDoesNotGoOn() throws Exception {
		FakeSession session = Harness.of(RefusingToOpen.class).connect("/refusing");
		assertThat(session.sent).singleElement().asString().contains("\"error\":\"not-found\"");
		assertThat(session.closed).isEqualTo(CloseStatus.POLICY_VIOLATION);
	}

	@Test
	void aStatusOnAnExceptionRefusesTheHandshake() throws Exception {
		Harness harness = Harness.of(Shaking.class);
		assertThat(harness.handshake("/shaking/annotation", null).rejection())
			.isEqualTo(Rejected.of(410, "It was here"));
	}

	@Test
	void theHeadersOfAnErrorResponseAreSentWithTheRefusal() throws Exception {
		HandshakeExchange exchange = Harness.of(Shaking.class).handshake("/shaking/headers", null);
		Rejected rejection = exchange.rejection();
		assertThat(rejection).isNotNull();
		assertThat(rejection.status()).isEqualTo(503);
		assertThat(rejection.body()).isEqualTo("Busy");
		assertThat(rejection.headers()).containsExactly(new HttpField("Retry-After", "30"));
	}

	@Test
	void anErrorMethodWithTheResponseDecidesAboutAFailedHandshake() throws Exception {
		Harness harness = Harness.of(Shaking.class, HandshakeAdvice.class);
		assertThat(harness.handshake("/shaking/argument", null).rejection()).isEqualTo(Rejected.of(409, "argument"));
		assertThat(harness.handshake("/shaking/element", null).rejection()).isEqualTo(Rejected.of(423, "Locked"));
		assertThat(harness.handshake("/shaking/ok", null).rejection()).isNull();
	}

	@Test
	void aFailedHandshakeIsNeverAccepted() {
		Harness harness = Harness.of(Shaking.class, HandshakeAdvice.class);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> harness.handshake("/shaking/unsupported", null));
	}

	@WsEndpoint("/failing/{name}")
	static class Failing {

		@OnMessage
		void message(String text) throws IOException {
			switch (text) {
				case "io" -> throw new FileNotFoundException();
				case "argument" -> throw new IllegalArgumentException();
				default -> throw new NoSuchElementException();
			}
		}

		@OnError
		String io(IOException ex) {
			return "endpoint";
		}

	}

	@WsAdvice
	@Order(1)
	static class First {

		@OnError
		String argument(RuntimeException ex, @PathVariable String name) {
			if (ex instanceof NoSuchElementException) {
				throw new AssertionError();
			}
			return "first " + name;
		}

		@OnError
		String missing(FileNotFoundException ex) {
			return "first missing";
		}

		@OnError
		String element(NoSuchElementException ex) {
			return "second";
		}

	}

	@WsAdvice
	@Order(2)
	static class Second {

		@OnError
		String argument(IllegalArgumentException ex) {
			return "second argument";
		}

	}

	@WsEndpoint("/everywhere")
	static class FailingEverywhere {

		@OnOpen
		void open() {
			throw new IllegalStateException("open");
		}

		@OnMessage
		@Nullable CompletionStage<String> text(String text) {
			if (text.equals("later")) {
				return CompletableFuture.failedFuture(new IllegalStateException("later"));
			}
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

	}

	@WsAdvice
	static class All {

		@OnError
		String oops(Exception ex) {
			return String.valueOf(ex.getMessage());
		}

	}

	@WsEndpoint("/twice")
	static class FailingTwice {

		private int asked;

		@OnMessage("a")
		void message() {
			throw new IllegalArgumentException("first");
		}

		@OnError
		void oops(RuntimeException ex) {
			assertThat(this.asked++).isZero();
			throw new IllegalStateException("second");
		}

	}

	@ResponseStatus(code = HttpStatus.GONE, reason = "It was here")
	static class Gone extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

	@WsEndpoint("/carrying")
	static class Carrying {

		@OnMessage
		void message(String text) {
			throw text.equals("response") ? new ResponseStatusException(HttpStatus.NOT_FOUND, "No such room")
					: new Gone();
		}

	}

	@WsEndpoint("/refusing")
	static class RefusingToOpen {

		@OnOpen
		void open() {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}

	}

	@WsEndpoint("/shaking/{how}")
	static class Shaking {

		@OnHandshake
		void shake(@PathVariable String how) {
			switch (how) {
				case "annotation" -> throw new Gone();
				case "headers" -> throw busy();
				case "argument" -> throw new IllegalArgumentException(how);
				case "element" -> throw new NoSuchElementException(how);
				case "unsupported" -> throw new UnsupportedOperationException();
				default -> {
				}
			}
		}

		private static ErrorResponseException busy() {
			ErrorResponseException busy = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE,
					ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "Busy"), null);
			busy.getHeaders().set(HttpHeaders.RETRY_AFTER, "30");
			busy.getHeaders().set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
			return busy;
		}

	}

	@WsAdvice
	static class HandshakeAdvice {

		@OnError
		void argument(IllegalArgumentException ex, HandshakeResponse response, HandshakeRequest request) {
			response.reject(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
		}

		@OnError
		HttpStatus element(NoSuchElementException ex, HandshakeResponse response) {
			return HttpStatus.LOCKED;
		}

		@OnError
		void unsupported(UnsupportedOperationException ex, HandshakeResponse response) {
		}

	}

}
