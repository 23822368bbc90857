package io.github.wsspring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains why {@code ws.auth.tokens} cannot be bound, ahead of Spring Boot's own
 * analyzers, as those would print the values: tokens.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TokenBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName TOKENS = ConfigurationPropertyName.of("ws.auth.tokens");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ConfigurationPropertyName name = nameOf(cause);
		if (!TOKENS.equals(name) && !TOKENS.isAncestorOf(name)) {
			return null;
		}
		return new FailureAnalysis(
				"The property " + name + " cannot be understood. Its value is not shown, as it may hold a token.",
				"Write ws.auth.tokens as a list without gaps, each entry with principal, token or token-sha256 and, "
						+ "if you like, authorities and expires-at, which is an instant such as 2030-01-31T00:00:00Z.",
				cause);
	}

	private ConfigurationPropertyName nameOf(BindException failure) {
		UnboundConfigurationPropertiesException unbound = findCause(failure,
				UnboundConfigurationPropertiesException.class);
		if (unbound != null) {
			return unbound.getUnboundProperties().iterator().next().getName();
		}
		return failure.getName();
	}

}
