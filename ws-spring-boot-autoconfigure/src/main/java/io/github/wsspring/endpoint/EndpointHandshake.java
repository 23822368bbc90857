package io.github.wsspring.endpoint;

import io.github.wsspring.server.HandshakeExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;

/**
 * Decides about an upgrade request: finds out what the endpoint needs to know of it and
 * asks the handshake method.
 */
final class EndpointHandshake {

	private final EndpointContext context;

	private final RequestFacts facts;

	private final @Nullable HandlerMethod method;

	EndpointHandshake(EndpointContext context, RequestFacts facts, @Nullable HandlerMethod method) {
		this.context = context;
		this.facts = facts;
		this.method = method;
	}

	boolean mayBlock() {
		return this.method != null;
	}

	void decide(HandshakeExchange exchange) throws Exception {
		try {
			DefaultWsSession session = prepare(exchange);
			if (this.method != null) {
				HandshakeResponse response = new HandshakeResponse(exchange, session);
				answer(response, this.method.call(session, response));
			}
			if (!this.facts.needWholeRequest()) {
				session.forgetRequest();
			}
			exchange.attach(session);
		}
		catch (Throwable ex) {
			if (!(ex instanceof ErrorResponse refusal)) {
				throw ErrorHandlers.asException(ex);
			}
			reject(exchange, refusal);
		}
	}

	private DefaultWsSession prepare(HandshakeExchange exchange) {
		HandshakeRequest request = HandshakeRequest.of(exchange);
		String target = RequestTarget.of(request.path(), exchange.request().query());
		// The endpoint's own string is there anyway.
		target = target.equals(this.context.path()) ? this.context.path() : target;
		return new DefaultWsSession(this.context, target, this.facts.in(request), request);
	}

	private static void answer(HandshakeResponse response, @Nullable Object decision) {
		if (decision instanceof Boolean accepted && !accepted) {
			response.reject(HttpStatus.FORBIDDEN, phrase(HttpStatus.FORBIDDEN));
		}
		if (decision instanceof HttpStatusCode status && status.value() >= 300) {
			response.reject(status, phrase(status));
		}
	}

	private static void reject(HandshakeExchange exchange, ErrorResponse refusal) {
		String detail = refusal.getBody().getDetail();
		HandshakeResponse.reject(exchange, refusal.getStatusCode(),
				(detail != null) ? detail : phrase(refusal.getStatusCode()));
	}

	private static String phrase(HttpStatusCode code) {
		HttpStatus status = HttpStatus.resolve(code.value());
		return (status != null) ? status.getReasonPhrase() : "Refused";
	}

}
