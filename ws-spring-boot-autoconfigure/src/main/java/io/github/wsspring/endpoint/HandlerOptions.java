package io.github.wsspring.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.Validator;

/**
 * What the application adds to the programming model.
 *
 * @param argumentResolvers fill further parameters
 * @param validator checks payloads, {@code null} if there is none
 * @param extension what an optional library adds
 * @param failures what becomes of what no method takes
 */
public record HandlerOptions(List<WsArgumentResolver> argumentResolvers, @Nullable Validator validator,
		HandlerExtension extension, FailurePolicy failures) {

	/** Nothing. */
	public static final HandlerOptions NONE = new HandlerOptions(List.of(), null, HandlerExtension.NONE,
			FailurePolicy.DEFAULTS);

	public HandlerOptions {
		argumentResolvers = List.copyOf(argumentResolvers);
	}

}
