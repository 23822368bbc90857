package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The handler methods of an endpoint and of the advice as they appear in stack traces.
 *
 * @param names what to call them by class and method of a stack frame
 */
record MethodNames(Map<String, String> names) {

	static MethodNames of(EndpointBean bean, List<EndpointBean> advice) {
		Map<String, String> names = new HashMap<>();
		for (EndpointBean other : advice) {
			add(other, names);
		}
		add(bean, names);
		return new MethodNames(Map.copyOf(names));
	}

	private static void add(EndpointBean bean, Map<String, String> names) {
		for (Class<? extends Annotation> annotation : EndpointHandlerFactory.ANNOTATIONS) {
			for (Method method : bean.methods(annotation)) {
				names.put(key(method.getDeclaringClass().getName(), method.getName()),
						bean.type().getSimpleName() + "." + method.getName());
			}
		}
	}

	private static String key(String className, String methodName) {
		return className + "#" + methodName;
	}

	/**
	 * Finds the method that was called first.
	 * @param stack a stack, the innermost frame first
	 */
	@Nullable String in(List<StackTraceElement> stack) {
		String found = null;
		for (StackTraceElement frame : stack) {
			String name = this.names.get(key(frame.getClassName(), frame.getMethodName()));
			found = (name != null) ? name : found;
		}
		return found;
	}

}
