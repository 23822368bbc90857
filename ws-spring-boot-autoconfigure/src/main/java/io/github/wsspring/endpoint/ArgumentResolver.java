package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Finds at start-up what can fill a parameter.
 */
@FunctionalInterface
interface ArgumentResolver {

	/**
	 * Finds what can fill a parameter.
	 * @param parameter the parameter
	 * @return what fills it, {@code null} to leave that to the next resolver
	 * @throws InvalidEndpointException if nothing can
	 */
	@Nullable ArgumentBinder resolve(HandlerParameter parameter);

}
