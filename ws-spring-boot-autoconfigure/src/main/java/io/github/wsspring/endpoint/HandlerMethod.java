package io.github.wsspring.endpoint;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A method of a bean as one method handle that fills its own arguments.
 */
final class HandlerMethod {

	private static final MethodType CALL = MethodType.methodType(Object.class, DefaultWsSession.class, Object.class);

	private static final MethodHandle BIND = findBind();

	private final MethodHandle handle;

	/**
	 * Puts the handle together.
	 * @param bound the method, bound to its bean
	 * @param arguments what fills its parameters, one for each
	 */
	HandlerMethod(MethodHandle bound, List<ArgumentBinder> arguments) {
		this.handle = compose(bound, arguments);
	}

	/**
	 * Calls the method.
	 * @param session the session
	 * @param subject what happened on it
	 * @return what the method returned, {@code null} for {@code void}
	 * @throws Throwable what the method threw, as it is
	 */
	@Nullable Object call(DefaultWsSession session, @Nullable Object subject) throws Throwable {
		return (@Nullable Object) this.handle.invokeExact(session, subject);
	}

	/**
	 * Makes <code>(session, subject) -> bean.method(binder0.bind(session, subject),
	 * binder1.bind(session, subject), ...)</code>.
	 */
	private static MethodHandle compose(MethodHandle bound, List<ArgumentBinder> arguments) {
		MethodHandle handle = bound.asType(bound.type().changeReturnType(Object.class));
		for (int i = arguments.size() - 1; i >= 0; i--) {
			MethodType argument = CALL.changeReturnType(handle.type().parameterType(i));
			handle = MethodHandles.collectArguments(handle, i, BIND.bindTo(arguments.get(i)).asType(argument));
		}
		int[] sources = new int[2 * arguments.size()];
		for (int i = 0; i < sources.length; i++) {
			sources[i] = i % 2;
		}
		return MethodHandles.permuteArguments(handle, CALL, sources);
	}

	private static MethodHandle findBind() {
		try {
			return MethodHandles.lookup().findVirtual(ArgumentBinder.class, "bind", CALL);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

}
