package io.github.wsspring.endpoint;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * A client did not answer a request of ours in time. If a method fails with it and no
 * {@link OnError} method takes it, the client is told so and the session goes on.
 *
 * @see WsSession#request(String, Object, Class, java.time.Duration)
 */
@ResponseStatus(HttpStatus.REQUEST_TIMEOUT)
public final class RequestTimeoutException extends TimeoutException {

	private static final long serialVersionUID = 1L;

	RequestTimeoutException(Duration timeout) {
		super("There was no answer within " + timeout.toMillis() + " ms");
	}

}
