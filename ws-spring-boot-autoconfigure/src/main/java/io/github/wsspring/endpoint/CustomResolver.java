package io.github.wsspring.endpoint;

import java.util.List;

import io.github.wsspring.endpoint.WsArgumentResolver.WsArgument;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Fills parameters with what the application's own resolvers find.
 *
 * @param resolvers the resolvers in their order
 */
record CustomResolver(List<WsArgumentResolver> resolvers) implements ArgumentResolver {

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		if (parameter.phase().isHandshake()) {
			return null;
		}
		for (WsArgumentResolver resolver : this.resolvers) {
			WsArgument argument = resolver.resolve(parameter.parameter());
			if (argument != null) {
				return (caller, subject) -> checked(argument.find(caller.session()), parameter, resolver);
			}
		}
		return null;
	}

	private static @Nullable Object checked(@Nullable Object value, HandlerParameter parameter,
			WsArgumentResolver resolver) {
		boolean fits = (value != null) ? ClassUtils.isAssignableValue(parameter.type(), value)
				: !parameter.type().isPrimitive();
		if (!fits) {
			throw new IllegalStateException(resolver.getClass().getName() + " found "
					+ ((value != null) ? "a value of " + value.getClass().getName() : "nothing")
					+ " for the parameter '" + parameter + "' of " + parameter.bean().describe(parameter.method()));
		}
		return value;
	}

}
