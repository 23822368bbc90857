package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Fills parameters of handler methods that nothing else fills; to be implemented by beans
 * of the application, which are asked in their order. Not asked for {@link OnHandshake}
 * methods, as these run before there is a session.
 *
 * <pre>{@code
 * &#64;Bean
 * WsArgumentResolver tenant() {
 *   return (parameter) -> (parameter.getParameterType() == Tenant.class)
 *       ? (session) -> session.attributes().get("tenant") : null;
 * }
 * }</pre>
 */
@FunctionalInterface
public interface WsArgumentResolver {

	/**
	 * Finds at start-up what can fill a parameter. It is asked before the parameter is
	 * taken for a payload.
	 * @param parameter the parameter
	 * @return what finds the argument at each call, {@code null} if this resolver does
	 * not fill the parameter
	 */
	@Nullable WsArgument resolve(MethodParameter parameter);

	/**
	 * Finds the argument at each call.
	 */
	@FunctionalInterface
	interface WsArgument {

		/**
		 * Finds the argument.
		 * @param session the session that the method is called for
		 * @return a value of the parameter's type; {@code null} only if that is not
		 * primitive
		 * @throws RuntimeException is a failure of the method
		 */
		@Nullable Object find(WsSession session);

	}

}
