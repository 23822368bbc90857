package io.github.wsspring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Explains an {@link InvalidWsPropertyException}.
 */
final class WsPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidWsPropertyException> {

	private final Environment environment;

	WsPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidWsPropertyException cause) {
		Map<String, Origin> origins = new LinkedHashMap<>();
		for (String key : cause.getKeys()) {
			Origin origin = originOf(key);
			if (origin != null) {
				origins.put(key, origin);
			}
		}
		StringBuilder description = new StringBuilder(cause.getDescription());
		origins.forEach((key, origin) -> description.append("%n%n    %s was set in %s".formatted(key, origin)));
		List<String> setKeys = origins.isEmpty() ? cause.getKeys() : List.copyOf(origins.keySet());
		return new FailureAnalysis(description.toString(), cause.getAction(setKeys), cause);
	}

	private @Nullable Origin originOf(String key) {
		if (this.environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				Origin origin = OriginLookup.getOrigin(source, key);
				if (origin != null) {
					return origin;
				}
			}
		}
		return null;
	}

}
