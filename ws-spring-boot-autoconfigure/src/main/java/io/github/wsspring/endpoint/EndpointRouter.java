package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.Route;
import io.github.wsspring.server.Router;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;

/**
 * Finds the endpoint with the most specific pattern for a path. Immutable.
 */
public final class EndpointRouter implements Router {

	private final Map<String, Route> exact = new HashMap<>();

	private final List<Mapping> mappings;

	EndpointRouter(List<Mapping> mappings) {
		this.mappings = new ArrayList<>(mappings);
		this.mappings.sort(Comparator.comparing(Mapping::pattern));
		for (Mapping mapping : this.mappings) {
			if (!mapping.pattern().hasPatternSyntax()) {
				this.exact.put(mapping.info().path(), new Route(mapping.endpoint(), Map.of()));
			}
		}
	}

	@Override
	public @Nullable Route route(String path) {
		Route route = this.exact.get(path);
		return (route != null) ? route : match(path);
	}

	private @Nullable Route match(String path) {
		PathContainer container = parse(path);
		if (container == null) {
			return null;
		}
		for (Mapping mapping : this.mappings) {
			PathMatchInfo match = mapping.pattern().matchAndExtract(container);
			if (match != null) {
				return new Route(mapping.endpoint(), match.getUriVariables());
			}
		}
		return null;
	}

	private static @Nullable PathContainer parse(String path) {
		try {
			return PathContainer.parsePath(path);
		}
		catch (IllegalArgumentException ex) {
			// a percent sign that encodes nothing
			return null;
		}
	}

	/**
	 * The endpoints that paths can lead to.
	 * @return the endpoints, the most specific pattern first
	 */
	public List<EndpointInfo> endpoints() {
		List<EndpointInfo> endpoints = new ArrayList<>(this.mappings.size());
		for (Mapping mapping : this.mappings) {
			endpoints.add(mapping.info());
		}
		return endpoints;
	}

	/**
	 * The endpoints that every page may connect to.
	 * @return the endpoints whose origins are not checked
	 */
	public List<EndpointInfo> endpointsForAnyOrigin() {
		List<EndpointInfo> endpoints = new ArrayList<>();
		for (Mapping mapping : this.mappings) {
			if (mapping.endpoint().origins() == OriginPolicy.ANY) {
				endpoints.add(mapping.info());
			}
		}
		return endpoints;
	}

	/**
	 * An endpoint for people to look at.
	 *
	 * @param id its name in properties, logs and metrics
	 * @param path its path pattern
	 * @param beanType the class that the application wrote
	 */
	public record EndpointInfo(String id, String path, Class<?> beanType) {

	}

	/**
	 * An endpoint and the paths that lead to it.
	 *
	 * @param info what it is
	 * @param pattern the paths
	 * @param endpoint the endpoint
	 */
	record Mapping(EndpointInfo info, PathPattern pattern, Endpoint endpoint) {

	}

}
