package io.github.wsspring.endpoint;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Tells native images which methods are called by reflection, and which types become JSON
 * or are read from it.
 */
final class HandlerHintsAotProcessor implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		List<Method> methods = handlerMethods(type);
		if (methods.isEmpty()) {
			return null;
		}
		return (generation, code) -> methods
			.forEach((method) -> register(method, type, generation.getRuntimeHints().reflection()));
	}

	private static List<Method> handlerMethods(Class<?> type) {
		return EndpointHandlerFactory.ANNOTATIONS.stream()
			.flatMap((annotation) -> EndpointBean.methods(type, annotation).stream())
			.distinct()
			.toList();
	}

	private void register(Method method, Class<?> type, ReflectionHints hints) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(type);
			if (!parameter.hasParameterAnnotations() || mayBePayload(parameter)) {
				bind(ResolvableType.forMethodParameter(parameter), hints);
			}
		}
		bind(ResolvableType.forMethodReturnType(method, type), hints);
	}

	/**
	 * Validation annotations may be anything; those for parts of the request are
	 * Spring's.
	 */
	private static boolean mayBePayload(MethodParameter parameter) {
		for (var annotation : parameter.getParameterAnnotations()) {
			if (annotation.annotationType().getName().startsWith("org.springframework.web.bind.annotation.")) {
				return false;
			}
		}
		return true;
	}

	private void bind(ResolvableType type, ReflectionHints hints) {
		if (Publishers.kindOf(type.toClass()) != Publishers.Kind.PLAIN) {
			bind(Publishers.elementType(type), hints);
			return;
		}
		for (Class<?> payload : payloads(type)) {
			this.binding.registerReflectionHints(hints, payload);
		}
	}

	/** The application's own types in a type, such as the element of a list. */
	private static List<Class<?>> payloads(ResolvableType type) {
		List<Class<?>> found = new ArrayList<>();
		collect(type.isArray() ? type.getComponentType() : type, found);
		return found;
	}

	private static void collect(ResolvableType type, List<Class<?>> found) {
		Class<?> raw = type.toClass();
		if (!isKnown(raw) && !found.contains(raw)) {
			found.add(raw);
			if (raw.isSealed()) {
				for (Class<?> permitted : raw.getPermittedSubclasses()) {
					collect(ResolvableType.forClass(permitted), found);
				}
			}
		}
		for (ResolvableType generic : type.getGenerics()) {
			collect(generic, found);
		}
	}

	private static boolean isKnown(Class<?> type) {
		return type.isPrimitive() || type.getName().startsWith("java.")
				|| type.getName().startsWith("org.springframework.") || type == WsReply.class
				|| !SubjectResolver.isPayload(type);
	}

}
