package io.github.wsspring.server;

import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint for a path. Called on event loops, by several threads at once.
 */
@FunctionalInterface
public interface Router {

	/**
	 * Finds the endpoint for a path.
	 * @param path the path of the request target as it was sent: not decoded, without
	 * query
	 * @return the route or {@code null} if nothing is there
	 */
	@Nullable Route route(String path);

}
