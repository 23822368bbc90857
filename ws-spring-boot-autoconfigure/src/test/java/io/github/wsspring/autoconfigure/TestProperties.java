package io.github.wsspring.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Binds {@link WsProperties} as Spring Boot does.
 */
final class TestProperties {

	private TestProperties() {
	}

	/**
	 * Binds properties.
	 * @param pairs {@code name=value}
	 * @return the properties
	 */
	static WsProperties of(String... pairs) {
		Map<String, String> values = new HashMap<>();
		for (String pair : pairs) {
			int equals = pair.indexOf('=');
			values.put(pair.substring(0, equals), pair.substring(equals + 1));
		}
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("ws", WsProperties.class);
	}

}
