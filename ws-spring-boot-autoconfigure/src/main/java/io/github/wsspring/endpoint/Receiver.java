package io.github.wsspring.endpoint;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Takes what happens on a session.
 */
@FunctionalInterface
interface Receiver {

	/** For what no method of the endpoint wants to know. */
	Receiver NONE = (caller, subject) -> null;

	/**
	 * Takes it.
	 * @param caller the session, or a request on it
	 * @param subject what happened: a text, bytes, a close status, an exception;
	 * {@code null} if there is nothing to say
	 * @return {@code null} or a stage to wait for
	 * @throws Throwable whatever the application throws
	 */
	@Nullable CompletionStage<?> receive(Caller caller, @Nullable Object subject) throws Throwable;

	/**
	 * Whether what it throws was handled already, as far as it can be.
	 */
	default boolean handlesFailures() {
		return false;
	}

}
