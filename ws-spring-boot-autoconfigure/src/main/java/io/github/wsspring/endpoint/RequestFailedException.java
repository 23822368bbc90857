package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * A client answered a request of ours with an error. If a method fails with it and no
 * {@link OnError} method takes it, the client is told so and the session goes on.
 *
 * @see WsSession#request(String, Object, Class, java.time.Duration)
 */
@ResponseStatus(HttpStatus.FAILED_DEPENDENCY)
public final class RequestFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String error;

	private final @Nullable String detail;

	RequestFailedException(String error, @Nullable String detail) {
		// without a stack trace, which any client could make us fill in
		super((detail != null) ? error + ": " + detail : error, null, false, false);
		this.error = error;
		this.detail = detail;
	}

	/**
	 * What is wrong, for programs.
	 * @return what the client calls it, {@code error} if it does not
	 */
	public String getError() {
		return this.error;
	}

	/**
	 * What is wrong, for developers.
	 * @return what the client says, {@code null} if nothing
	 */
	public @Nullable String getDetail() {
		return this.detail;
	}

}
