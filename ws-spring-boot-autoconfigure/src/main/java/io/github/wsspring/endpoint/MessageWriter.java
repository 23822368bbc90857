package io.github.wsspring.endpoint;

import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of what is sent, in the form that a session has agreed on.
 */
interface MessageWriter {

	/**
	 * A message that is the payload.
	 */
	PreparedMessage encode(Object payload);

	/**
	 * A message with a type.
	 */
	PreparedMessage encode(String type, Object payload);

	/**
	 * The answer to a request.
	 */
	PreparedMessage answer(String type, Object id, Object payload);

	/**
	 * The answer to a request that there is nothing to say about.
	 */
	PreparedMessage answer(String type, Object id);

	/**
	 * The message that tells a client what is wrong.
	 * @param id the id of the client's request, {@code null} if it was none
	 */
	PreparedMessage encode(ErrorMessage error, @Nullable Object id);

}
