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

	private static final MethodType CALL = MethodType.methodType(Object.class, Caller.class, Object.class);

	private static final MethodHandle BIND = findBind();

	private final MethodHandle handle;

	private final HandlerExtension extension;

	private final boolean surrounded;

	/**
	 * Puts the handle together.
	 * @param bound the method, bound to its bean
	 * @param arguments what fills its parameters, one for each
	 * @param extension what an optional library does around each call
	 */
	HandlerMethod(MethodHandle bound, List<ArgumentBinder> arguments, HandlerExtension extension) {
		this.handle = compose(bound, arguments);
		this.extension = extension;
		this.surrounded = extension.surroundsCalls();
	}

	/**
	 * Calls the method.
	 * @param caller who it is called for
	 * @param subject what happened
	 * @return what the method returned, {@code null} for {@code void}
	 * @throws Throwable what the method threw, as it is
	 */
	@Nullable Object call(Caller caller, @Nullable Object subject) throws Throwable {
		return this.surrounded ? callSurrounded(caller, subject)
				: (@Nullable Object) this.handle.invokeExact(caller, subject);
	}

	private @Nullable Object callSurrounded(Caller caller, @Nullable Object subject) throws Throwable {
		Object before = this.extension.enter(caller);
		try {
			return (@Nullable Object) this.handle.invokeExact(caller, subject);
		}
		finally {
			this.extension.leave(before);
		}
	}

	/**
	 * Makes <code>(caller, subject) -> bean.method(binder0.bind(caller, subject),
	 * binder1.bind(caller, subject), ...)</code>.
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
