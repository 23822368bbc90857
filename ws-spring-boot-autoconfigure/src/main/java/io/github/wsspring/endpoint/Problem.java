package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * A failure that says itself what a client should be told.
 *
 * @param body what it should be told
 * @param headers what it should be told in an HTTP response besides
 */
record Problem(ProblemDetail body, HttpHeaders headers) {

	/**
	 * What a failure says.
	 * @return the problem, {@code null} if the failure says nothing
	 */
	static @Nullable Problem of(Throwable failure, Caller caller, HandlerExtension extension) {
		if (failure instanceof ErrorResponse response) {
			return new Problem(response.getBody(), response.getHeaders());
		}
		HttpStatusCode status = extension.statusOf(failure, caller);
		if (status != null) {
			return new Problem(ProblemDetail.forStatus(status), HttpHeaders.EMPTY);
		}
		ResponseStatus annotation = AnnotatedElementUtils.findMergedAnnotation(failure.getClass(),
				ResponseStatus.class);
		if (annotation == null) {
			return null;
		}
		ProblemDetail body = ProblemDetail.forStatus(annotation.code());
		body.setDetail(annotation.reason().isEmpty() ? null : annotation.reason());
		return new Problem(body, HttpHeaders.EMPTY);
	}

	boolean isServersFault() {
		return this.body.getStatus() >= 500;
	}

}
