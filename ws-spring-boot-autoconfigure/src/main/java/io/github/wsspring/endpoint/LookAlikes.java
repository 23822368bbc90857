package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;

/**
 * Annotations of others that are easily mistaken for ours, found at start-up: an import
 * of a wrong one compiles, and the method would never be called.
 */
final class LookAlikes {

	private static final String JAKARTA = "jakarta.websocket.";

	private static final String MESSAGING = "org.springframework.messaging.";

	/** What to write instead, by the name of the class, as that need not be there. */
	private static final Map<String, String> ON_METHODS = Map.of(JAKARTA + "OnOpen", ours("OnOpen"),
			JAKARTA + "OnMessage", ours("OnMessage"), JAKARTA + "OnClose", ours("OnClose"), JAKARTA + "OnError",
			ours("OnError"), MESSAGING + "handler.annotation.MessageMapping", "Write @OnMessage(\"type\") instead.",
			MESSAGING + "simp.annotation.SubscribeMapping", "Write @OnJoin(\"topic\") instead.",
			MESSAGING + "handler.annotation.MessageExceptionHandler", "Write @OnError instead.",
			MESSAGING + "handler.annotation.SendTo", "Write @Broadcast(to = \"topic\") instead.",
			MESSAGING + "simp.annotation.SendToUser",
			"Remove it: without @Broadcast the return value goes to the sender.",
			"org.springframework.web.bind.annotation.ExceptionHandler", "Write @OnError instead.");

	private static final String PATH = "Write @PathVariable of org.springframework.web.bind.annotation instead.";

	private static final String PAYLOAD = "Remove it: the payload needs no annotation.";

	private static final Map<String, String> ON_PARAMETERS = Map.of(JAKARTA + "server.PathParam", PATH,
			MESSAGING + "handler.annotation.DestinationVariable", PATH, MESSAGING + "handler.annotation.Payload",
			PAYLOAD, "org.springframework.web.bind.annotation.RequestBody", PAYLOAD,
			MESSAGING + "handler.annotation.Header",
			"Write @RequestHeader of org.springframework.web.bind.annotation instead.");

	private LookAlikes() {
	}

	private static String ours(String name) {
		return "Import " + OnMessage.class.getPackageName() + "." + name + " instead.";
	}

	/**
	 * Refuses an endpoint with such annotations.
	 * @param bean the endpoint
	 * @throws InvalidEndpointException if it has one
	 */
	static void check(EndpointBean bean) {
		Map<Method, String> found = MethodIntrospector.selectMethods(bean.type(),
				(Method method) -> in(method, ON_METHODS));
		for (Map.Entry<Method, String> annotated : found.entrySet()) {
			String name = annotated.getValue();
			throw bean.invalid(annotated.getKey(),
					"@" + name + " on " + describe(bean, annotated.getKey()) + " has no effect there.",
					ON_METHODS.getOrDefault(name, ""));
		}
	}

	/**
	 * Refuses a handler method with such annotations on its parameters.
	 * @param bean the endpoint
	 * @param method the handler method
	 * @throws InvalidEndpointException if it has one
	 */
	static void checkParameters(EndpointBean bean, Method method) {
		for (Parameter parameter : method.getParameters()) {
			String name = in(parameter, ON_PARAMETERS);
			if (name != null) {
				throw bean.invalid(method,
						"@" + name + " on a parameter of " + describe(bean, method) + " has no effect there.",
						ON_PARAMETERS.getOrDefault(name, ""));
			}
		}
	}

	private static @Nullable String in(AnnotatedElement element, Map<String, String> names) {
		for (Annotation annotation : element.getAnnotations()) {
			String name = annotation.annotationType().getName();
			if (names.containsKey(name)) {
				return name;
			}
		}
		return null;
	}

	private static String describe(EndpointBean bean, Method method) {
		return bean.describe(method) + " in the bean '" + bean.name() + "'";
	}

}
