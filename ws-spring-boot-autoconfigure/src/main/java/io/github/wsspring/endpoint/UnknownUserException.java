package io.github.wsspring.endpoint;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * An anonymous client wants what only a known one can have.
 */
final class UnknownUserException extends ResponseStatusException {

	private static final long serialVersionUID = 1L;

	UnknownUserException(String reason) {
		super(HttpStatus.UNAUTHORIZED, reason);
	}

	/** RFC 9110 15.5.2: a 401 "MUST send a WWW-Authenticate header field". */
	@Override
	public HttpHeaders getHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return headers;
	}

	/** Any client could make us fill in one per message. */
	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
