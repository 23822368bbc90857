package io.github.wsspring.endpoint;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.wsspring.endpoint.HandlerMethodFactory.Signature;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

/**
 * Collects at start-up the {@link OnError} methods that serve an endpoint: its own, then
 * those of each advice.
 */
final class ErrorMethods {

	private final List<Map<Class<?>, Receiver>> ofSessions = new ArrayList<>();

	private final List<Map<Class<?>, HandlerMethod>> ofHandshakes = new ArrayList<>();

	/**
	 * Takes the methods of a bean.
	 * @param bean the endpoint or an advice
	 * @param methods makes its methods callable
	 * @param returns finds what becomes of their return values
	 * @throws InvalidEndpointException if one of them cannot work
	 */
	void add(EndpointBean bean, HandlerMethodFactory methods, ReturnHandlerFactory returns) {
		Map<Class<?>, Receiver> ofSessions = new HashMap<>();
		Map<Class<?>, HandlerMethod> ofHandshakes = new HashMap<>();
		Map<List<Object>, Method> taken = new HashMap<>();
		for (Method method : bean.methods(OnError.class)) {
			boolean ofHandshake = Arrays.asList(method.getParameterTypes()).contains(HandshakeResponse.class);
			Phase phase = ofHandshake ? Phase.HANDSHAKE_ERROR : Phase.ERROR;
			Signature signature = methods.create(method, phase);
			Receiver receiver = ofHandshake ? Receiver.NONE
					: new MethodReceiver(signature.method(), returns.create(method, phase));
			if (ofHandshake) {
				checkReturn(bean, method);
			}
			for (Class<?> type : exceptions(bean, method, signature.subject())) {
				checkUnique(bean, type, taken.putIfAbsent(List.of(type, phase), method), method);
				if (ofHandshake) {
					ofHandshakes.put(type, signature.method());
				}
				else {
					ofSessions.put(type, receiver);
				}
			}
		}
		this.ofSessions.add(Map.copyOf(ofSessions));
		this.ofHandshakes.add(Map.copyOf(ofHandshakes));
	}

	private static void checkReturn(EndpointBean bean, Method method) {
		Class<?> type = method.getReturnType();
		if (type != void.class && !HttpStatusCode.class.isAssignableFrom(type)) {
			throw bean.invalid(method,
					bean.describe(method) + " in the bean '" + bean.name() + "' returns " + type.getSimpleName()
							+ ", but a handshake that failed can only be refused.",
					"Return void or HttpStatus and use the HandshakeResponse for the rest, or remove that parameter to handle failures of sessions.");
		}
	}

	private static void checkUnique(EndpointBean bean, Class<?> type, @Nullable Method other, Method method) {
		if (other != null) {
			throw bean.invalid(method,
					"The bean '" + bean.name() + "' has two @OnError methods for " + type.getSimpleName() + ": "
							+ bean.describe(other) + " and " + bean.describe(method) + ".",
					"Keep one of them, or let them handle different exceptions.");
		}
	}

	private static List<Class<? extends Throwable>> exceptions(EndpointBean bean, Method method,
			@Nullable HandlerParameter parameter) {
		OnError annotation = bean.annotation(method, OnError.class);
		Class<? extends Throwable> taken = (parameter != null) ? parameter.type().asSubclass(Throwable.class)
				: Throwable.class;
		if (annotation == null || annotation.value().length == 0) {
			return List.of(taken);
		}
		List<Class<? extends Throwable>> named = List.of(annotation.value());
		for (Class<? extends Throwable> type : named) {
			if (!taken.isAssignableFrom(type)) {
				throw bean.invalid(method,
						"@OnError on " + bean.describe(method) + " in the bean '" + bean.name() + "' names "
								+ type.getSimpleName() + ", which its parameter cannot take.",
						"Make the parameter a superclass of all named exceptions, such as Exception.");
			}
		}
		return named;
	}

	ByException<Receiver> ofSessions() {
		return new ByException<>(List.copyOf(this.ofSessions));
	}

	ByException<HandlerMethod> ofHandshakes() {
		return new ByException<>(List.copyOf(this.ofHandshakes));
	}

}
