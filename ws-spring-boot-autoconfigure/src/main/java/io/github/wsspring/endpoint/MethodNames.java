package io.github.wsspring.endpoint;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The handler methods of an endpoint as they appear in stack traces.
 *
 * @param names what to call them by class and method of a stack frame
 */
record MethodNames(Map<String, String> names) {

	static MethodNames of(EndpointBean bean, Stream<Method> methods) {
		Map<String, String> names = new HashMap<>();
		methods.forEach((method) -> names.put(key(method.getDeclaringClass().getName(), method.getName()),
				bean.type().getSimpleName() + "." + method.getName()));
		return new MethodNames(Map.copyOf(names));
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
