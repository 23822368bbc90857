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
				|| !AnnotationUtils.isCandidateClass(type, EndpointHandlerFactory.ANNOTATIONS)) {
			return;
		}
		Map<Method, String> strays = MethodIntrospector.selectMethods(type, StrayHandlers::annotation);
		for (Map.Entry<Method, String> stray : strays.entrySet()) {
			String described = EndpointBean.describe(type, stray.getKey());
			throw new InvalidEndpointException(name, described,
					"@" + stray.getValue() + " on " + described + " in the bean '" + name
							+ "' has no effect: its class has no @WsEndpoint.",
					"Write @WsEndpoint(\"/" + EndpointScanner.defaultId(type)
							+ "\") on the class, or @WsAdvice if its @OnError methods are for all endpoints.");
		}
	}

	/** One search for all of them: this is done for every method of every bean. */
	private static @Nullable String annotation(Method method) {
		for (MergedAnnotation<Annotation> annotation : MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)) {
			if (EndpointHandlerFactory.ANNOTATIONS.contains(annotation.getType())) {
				return annotation.getType().getSimpleName();
			}
		}
		return null;
	}

}
