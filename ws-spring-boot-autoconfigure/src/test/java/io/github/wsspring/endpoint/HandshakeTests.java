package io.github.wsspring.endpoint;

import java.security.Principal;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.server.HandshakeExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HandshakeTests {

	@Test
	void withoutAHandshakeMethodTheRequestIsAcceptedOnTheEventLoop() throws Exception {
		Harness harness = Harness.of(Plain.class);
		assertThat(harness.handshake("/plain", null).rejection()).isNull();
		assertThat(harness.route("/plain").endpoint().handler().handshakeMayBlock()).isFalse();
	}

	@Test
	void aHandshakeMethodMayBlock() {
		assertThat(Harness.of(Deciding.class).route("/deciding/x").endpoint().handler().handshakeMayBlock()).isTrue();
	}

	@Test
	void falseRefusesWith403() throws Exception {
		Harness harness = Harness.of(Asking.class);
		assertThat(harness.handshake("/asking", "alice").rejection()).isNull();
		assertThat(harness.handshake("/asking", "mallory").rejection()).isEqualTo(Rejected.of(403, "Forbidden"));
		assertThat(harness.handshake("/asking", null).rejection()).isEqualTo(Rejected.of(403, "Forbidden"));
	}

	@Test
	void aStatusOf300OrMoreRefuses() throws Exception {
		Harness harness = Harness.of(Status.class);
		assertThat(harness.handshake("/status?code=200", null).rejection()).isNull();
		assertThat(harness.handshake("/status?code=101", null).rejection()).isNull();
		assertThat(harness.handshake("/status?code=0", null).rejection()).isNull();
		assertThat(harness.handshake("/status?code=302", null).rejection()).isEqualTo(Rejected.of(302, "Found"));
		assertThat(harness.handshake("/status?code=404", null).rejection()).isEqualTo(Rejected.of(404, "Not Found"));
		assertThat(harness.handshake("/status?code=499", null).rejection()).isEqualTo(Rejected.of(499, "Refused"));
	}

	@Test
	void anErrorResponseRefusesWithItsStatusAndDetail() throws Exception {
		Harness harness = Harness.of(Deciding.class);
		assertThat(harness.handshake("/deciding/reason", null).rejection())
			.isEqualTo(Rejected.of(410, "The room  is closed"));
		assertThat(harness.handshake("/deciding/status", null).rejection()).isEqualTo(Rejected.of(409, "Conflict"));
		assertThat(harness.handshake("/deciding/problem", null).rejection())
			.isEqualTo(Rejected.of(503, "Service Unavailable"));
	}

	@Test
	void anyOtherExceptionIsTheEngines() throws Exception {
		Harness harness = Harness.of(Deciding.class);
		assertThatIllegalStateException().isThrownBy(() -> harness.handshake("/deciding/bug", null));
	}

	@Test
	void theResponseCanBeRefusedWithAReason() throws Exception {
		assertThat(Harness.of(Deciding.class).handshake("/deciding/full", null).rejection())
			.isEqualTo(Rejected.of(429, "Full"));
	}

	@Test
	void headersAndSubprotocolCanBeChosen() throws Exception {
		HandshakeExchange exchange = Harness.of(Deciding.class)
			.handshake("/deciding/ok", null, new HttpField("Sec-WebSocket-Protocol", "a, b"));
		assertThat(exchange.subprotocol()).isEqualTo("b");
		assertThat(exchange.responseHeaders()).containsExactly(new HttpField("X-Room", "ok"));
	}

	@Test
	void aSubprotocolThatWasNotOfferedCannotBeChosen() {
		Harness harness = Harness.of(Deciding.class);
		assertThatIllegalArgumentException().isThrownBy(() -> harness.handshake("/deciding/ok", null))
			.withMessageContaining("'b'");
	}

	@Test
	void attributesAreThereInTheSession() throws Exception {
		FakeSession session = Harness.of(Attributes.class).connect("/attributes?lang=de");
		assertThat(session.sent).containsExactly("de");
	}

	@Test
	void aRequiredParameterIsCheckedBeforeTheMethodIsAsked() throws Exception {
		assertThat(Harness.of(Attributes.class).handshake("/attributes", null).rejection())
			.isEqualTo(Rejected.of(400, "The query parameter 'lang' is missing"));
	}

	@WsEndpoint("/plain")
	static class Plain {

		@OnMessage
		void message(String text) {
		}

	}

	@WsEndpoint("/asking")
	static class Asking {

		@OnHandshake
		boolean handshake(@Nullable Principal principal) {
			return principal != null && principal.getName().equals("alice");
		}

	}

	@WsEndpoint("/status")
	static class Status {

		@OnHandshake
		@Nullable HttpStatusCode handshake(@RequestParam int code) {
			return (code == 0) ? null : HttpStatusCode.valueOf(code);
		}

	}

	@WsEndpoint("/deciding/{room}")
	static class Deciding {

		@OnHandshake
		void handshake(@PathVariable String room, HandshakeResponse response) {
			switch (room) {
				case "reason" -> throw new ResponseStatusException(HttpStatus.GONE, "The room\r\nis closed");
				case "status" -> throw new ResponseStatusException(HttpStatus.CONFLICT);
				case "problem" -> throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
				case "bug" -> throw new IllegalStateException();
				case "full" -> response.reject(HttpStatus.TOO_MANY_REQUESTS, "Full");
				default -> {
					response.addHeader("X-Room", room);
					response.selectSubprotocol("b");
					assertThat(response.subprotocol()).isEqualTo("b");
				}
			}
		}

	}

	@WsEndpoint("/attributes")
	static class Attributes {

		@OnHandshake
		void handshake(@RequestParam String lang, HandshakeResponse response) {
			response.attributes().put("lang", lang);
		}

		@OnOpen
		Object open(WsSession session) {
			return session.attributes().getOrDefault("lang", "none");
		}

	}

}
