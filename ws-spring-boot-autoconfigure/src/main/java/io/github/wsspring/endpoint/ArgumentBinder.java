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
	ArgumentBinder SUBJECT = (caller, subject) -> subject;

	/** Bytes as a buffer. */
	ArgumentBinder BUFFER = (caller, subject) -> ByteBuffer.wrap((byte[]) Objects.requireNonNull(subject));

	/**
	 * Finds the argument.
	 * @param caller who the method is called for
	 * @param subject what happened
	 * @return the argument
	 */
	@Nullable Object bind(Caller caller, @Nullable Object subject);

}
