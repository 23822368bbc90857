package io.github.wsspring.context;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Publishes the port of a running server in the environment of its context and all
 * parents, as Spring Boot does for its web servers.
 */
final class LocalPort {

	static final String PROPERTY = "local.ws.port";

	private static final String SOURCE = "wsServerPort";

	private LocalPort() {
	}

	static void publish(int port, ApplicationContext context) {
		for (@Nullable
		ApplicationContext current = context; current != null; current = current.getParent()) {
			if (current instanceof ConfigurableApplicationContext configurable) {
				configurable.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource(SOURCE, Map.of(PROPERTY, port)));
			}
		}
	}

}
