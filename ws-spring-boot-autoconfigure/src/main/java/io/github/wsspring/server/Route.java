package io.github.wsspring.server;

import java.util.Map;

/**
 * The endpoint that a path leads to.
 *
 * @param endpoint the endpoint
 * @param pathVariables what the path's template variables stand for, decoded
 */
public record Route(Endpoint endpoint, Map<String, String> pathVariables) {

	public Route {
		pathVariables = Map.copyOf(pathVariables);
	}

}
