package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * Handler methods of beans that are neither endpoints nor advice, found at start-up:
 * nobody would ever call them.
 */
final class StrayHandlers {

	private StrayHandlers() {
	}

	/**
	 * Refuses a bean with such methods.
	 * @param name the name of a bean that is neither endpoint nor advice
	 * @param type its class
	 * @throws InvalidEndpointException if it has one
	 */
	static void check(String name, Class<?> type) {
		// Most beans of an application are Spring's, and need no look.
		if (type.getName().startsWith("org.springframework.")
				|| !AnnotationUtils.isCandidateClass(type, EndpointHandlerFactory.ANNOTATIONS) || !hasAny(type)) {
			return;
		}
		Map<Method, String> strays = MethodIntrospector.selectMethods(type,
				(Method method) -> annotation(method, SearchStrategy.TYPE_HIERARCHY));
		for (Map.Entry<Method, String> stray : strays.entrySet()) {
			String described = EndpointBean.describe(type, stray.getKey());
			throw new InvalidEndpointException(name, described,
					"@" + stray.getValue() + " on " + described + " in the bean '" + name
							+ "' has no effect: its class has no @WsEndpoint.",
					"Write @WsEndpoint(\"/" + EndpointScanner.defaultId(type)
							+ "\") on the class, or @WsAdvice if its @OnError methods are for all endpoints.");
		}
	}

	/**
	 * Whether a class, or what it extends or implements, has an annotation at all: this
	 * is asked for every bean, and much faster than to find the methods.
	 */
	private static boolean hasAny(@Nullable Class<?> type) {
		if (type == null || type == Object.class) {
			return false;
		}
		if (declaresAny(type) || hasAny(type.getSuperclass())) {
			return true;
		}
		for (Class<?> implemented : type.getInterfaces()) {
			if (hasAny(implemented)) {
				return true;
			}
		}
		return false;
	}

	private static boolean declaresAny(Class<?> type) {
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			// a bridge has the annotations of the method that it leads to
			if (!method.isBridge() && annotation(method, SearchStrategy.DIRECT) != null) {
				return true;
			}
		}
		return false;
	}

	/** One search for all of them. */
	private static @Nullable String annotation(Method method, SearchStrategy strategy) {
		for (MergedAnnotation<Annotation> annotation : MergedAnnotations.from(method, strategy)) {
			if (EndpointHandlerFactory.ANNOTATIONS.contains(annotation.getType())) {
				return annotation.getType().getSimpleName();
			}
		}
		return null;
	}

}
