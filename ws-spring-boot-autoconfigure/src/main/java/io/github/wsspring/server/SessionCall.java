package io.github.wsspring.server;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Something to be called in the place of a session's handler.
 *
 * @see Session#call
 */
@FunctionalInterface
public interface SessionCall {

	/**
	 * Does it.
	 * @return {@code null} or a stage to wait for
	 * @throws Exception to end the session with 1011
	 */
	@Nullable CompletionStage<?> call() throws Exception;

}
