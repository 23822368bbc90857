package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * A bean that is an endpoint, and how its methods can be called through whatever proxy it
 * is behind.
 *
 * @param name the name of the bean
 * @param bean what the bean factory returns
 * @param type the class that the application wrote
 */
record EndpointBean(String name, Object bean, Class<?> type) {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	/**
	 * The methods with an annotation, inherited ones included, in a fixed order.
	 */
	List<Method> methods(Class<? extends Annotation> annotation) {
		return methods(this.type, annotation);
	}

	static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
		List<Method> methods = new ArrayList<>(MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, annotation)));
		if (methods.size() > 1) {
			methods.sort(Comparator.comparing(EndpointBean::signature));
		}
		return methods;
	}

	<A extends Annotation> @Nullable A annotation(Method method, Class<A> annotation) {
		return AnnotatedElementUtils.findMergedAnnotation(method, annotation);
	}

	/**
	 * A handle that calls a method on this bean.
	 */
	MethodHandle bind(Method method) {
		if (Modifier.isStatic(method.getModifiers())) {
			throw invalid(method, describe(method) + " in the bean '" + this.name + "' is static.",
					"Remove 'static': handler methods belong to the bean.");
		}
		try {
			Method callable = callable(method);
			callable.setAccessible(true);
			return LOOKUP.unreflect(callable).bindTo(this.bean);
		}
		catch (IllegalAccessException | InaccessibleObjectException ex) {
			throw invalid(method,
					describe(method) + " in the bean '" + this.name + "' is not accessible: " + ex.getMessage() + ".",
					"Open its package to io.github.wsspring in module-info.java, or make class and method public.");
		}
	}

	private Method callable(Method method) {
		if (!method.getDeclaringClass().isInstance(this.bean)) {
			return declaredByInterface(method);
		}
		boolean bypassesProxy = Modifier.isPrivate(method.getModifiers()) || Modifier.isFinal(method.getModifiers());
		if (bypassesProxy && AopUtils.isAopProxy(this.bean)) {
			// It would run on the proxy itself, whose fields are all null.
			throw invalid(method,
					describe(method) + " is private or final, and the bean '" + this.name
							+ "' is behind a proxy, which can not pass the call on.",
					"Make the method neither private nor final; no modifier at all will do.");
		}
		return method;
	}

	private Method declaredByInterface(Method method) {
		try {
			return MethodIntrospector.selectInvocableMethod(method, this.bean.getClass());
		}
		catch (IllegalStateException ex) {
			String interfaces = Arrays.stream(ClassUtils.getAllInterfaces(this.bean))
				.map(Class::getSimpleName)
				.collect(Collectors.joining(", "));
			throw invalid(method,
					describe(method) + " can not be called: the bean '" + this.name
							+ "' is behind a JDK proxy that has only the methods of " + interfaces + ".",
					"Set spring.aop.proxy-target-class=true (or proxyTargetClass = true where the proxy comes from), or declare the method in one of the interfaces.");
		}
	}

	/**
	 * A method as messages name it, such as {@code Chat.say(Say, Principal)}.
	 */
	String describe(Method method) {
		return describe(this.type, method);
	}

	static String describe(Class<?> type, Method method) {
		return type.getSimpleName() + "." + signature(method);
	}

	private static String signature(Method method) {
		return method.getName() + Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", "(", ")"));
	}

	InvalidEndpointException invalid(String description, String action) {
		return new InvalidEndpointException(this.name, null, description, action);
	}

	InvalidEndpointException invalid(Method method, String description, String action) {
		return new InvalidEndpointException(this.name, describe(method), description, action);
	}

	@Override
	public String toString() {
		return "the bean '" + this.name + "' (" + this.type.getName() + ")";
	}

}
