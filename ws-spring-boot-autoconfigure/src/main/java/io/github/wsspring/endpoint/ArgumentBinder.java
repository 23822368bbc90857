package io.github.wsspring.endpoint;

import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Fills one parameter of a handler method; found at start-up, called for each call of the
 * method.
 */
@FunctionalInterface
interface ArgumentBinder {

	/** What happened, as it is. */
	ArgumentBinder SUBJECT = (session, subject) -> subject;

	/** Bytes as a buffer. */
	ArgumentBinder BUFFER = (session, subject) -> ByteBuffer.wrap((byte[]) Objects.requireNonNull(subject));

	/**
	 * Finds the argument.
	 * @param session the session
	 * @param subject what happened on it
	 * @return the argument
	 */
	@Nullable Object bind(DefaultWsSession session, @Nullable Object subject);

}
