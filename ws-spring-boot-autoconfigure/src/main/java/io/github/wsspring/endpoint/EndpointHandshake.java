package io.github.wsspring.endpoint;

import io.github.wsspring.server.HandshakeExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/**
 * Decides about an upgrade request: finds out what the endpoint needs to know of it and
 * asks the handshake method.
 */
final class EndpointHandshake {

	private final EndpointContext context;

	private final RequestFacts facts;

	private final @Nullable HandlerMethod method;

	private final ByException<HandlerMethod> errorMethods;

	private final HandlerExtension extension;

	EndpointHandshake(EndpointContext context, RequestFacts facts, @Nullable HandlerMethod method,
			ByException<HandlerMethod> errorMethods, HandlerExtension extension) {
		this.context = context;
		this.facts = facts;
		this.method = method;
		this.errorMethods = errorMethods;
		this.extension = extension;
	}

	boolean mayBlock() {
		return this.method != null;
	}

	void decide(HandshakeExchange exchange) throws Exception {
		try {
			DefaultWsSession session = prepare(exchange);
			if (this.method != null) {
				ask(this.method, session, new HandshakeResponse(exchange, session));
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
			reject(exchange, refusal.getBody(), refusal.getHeaders());
		}
	}

	private void ask(HandlerMethod method, DefaultWsSession session, HandshakeResponse response) throws Throwable {
		try {
			answer(response, method.call(session, response));
		}
		catch (Throwable failure) {
			HandlerMethod errorMethod = this.errorMethods.find(failure);
			if (errorMethod != null) {
				answer(response, errorMethod.call(session, new HandshakeFailure(failure, response)));
			}
			if (!response.isRejected()) {
				reject(session, response, failure);
			}
		}
	}

	private void reject(DefaultWsSession session, HandshakeResponse response, Throwable failure) throws Throwable {
		Problem problem = Problem.of(failure, session, this.extension);
		if (problem == null) {
			throw failure;
		}
		reject(response.exchange(), problem.body(), problem.headers());
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

	private static void reject(HandshakeExchange exchange, ProblemDetail problem, HttpHeaders headers) {
		HttpStatusCode status = HttpStatusCode.valueOf(problem.getStatus());
		String detail = problem.getDetail();
		HandshakeResponse.reject(exchange, status, (detail != null) ? detail : phrase(status), headers);
	}

	private static String phrase(HttpStatusCode code) {
		HttpStatus status = HttpStatus.resolve(code.value());
		return (status != null) ? status.getReasonPhrase() : "Refused";
	}

}
