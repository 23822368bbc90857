package io.github.wsspring.endpoint;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds out at start-up how the parameters of a method are filled.
 */
final class HandlerMethodFactory {

	private final EndpointBean bean;

	private final List<ArgumentResolver> resolvers;

	private final SubjectResolver subjects = new SubjectResolver();

	private final HandlerExtension extension;

	private final PayloadValidation validation;

	private final ListableBeanFactory beanFactory;

	HandlerMethodFactory(EndpointBean bean, List<ArgumentResolver> resolvers, HandlerOptions options,
			ListableBeanFactory beanFactory) {
		this.bean = bean;
		this.beanFactory = beanFactory;
		this.resolvers = resolvers;
		this.extension = options.extension();
		this.validation = new PayloadValidation(options.validator());
	}

	/**
	 * Makes a method callable.
	 * @param method the method
	 * @param phase when it is called
	 * @return the method with all its parameters filled
	 * @throws InvalidEndpointException if that is impossible
	 */
	Signature create(Method method, Phase phase) {
		LookAlikes.checkParameters(this.bean, method);
		List<ArgumentBinder> arguments = new ArrayList<>(method.getParameterCount());
		HandlerParameter subject = null;
		for (int i = 0; i < method.getParameterCount(); i++) {
			HandlerParameter parameter = HandlerParameter.of(this.bean, method, phase, i);
			ArgumentBinder argument = resolve(parameter);
			boolean isSubject = argument == null;
			if (isSubject) {
				checkNoBean(parameter);
				argument = this.subjects.resolve(parameter);
				subject = onlyOne(subject, parameter, argument);
				checkBound(parameter);
			}
			if (argument == null) {
				throw parameter.invalid("cannot be filled.",
						"A method with " + phase + " may take " + phase.arguments() + ".");
			}
			arguments.add(this.validation.around(argument, parameter, isSubject && phase == Phase.MESSAGE));
		}
		return new Signature(new HandlerMethod(this.bean.bind(method), arguments, this.extension), subject);
	}

	private @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		for (ArgumentResolver resolver : this.resolvers) {
			ArgumentBinder argument = resolver.resolve(parameter);
			if (argument != null) {
				return argument;
			}
		}
		return null;
	}

	/** Such a parameter would be taken for a payload, or for nothing at all. */
	private void checkNoBean(HandlerParameter parameter) {
		Class<?> type = parameter.type();
		if (!type.getName().startsWith("java.") && !type.isArray() && !type.isPrimitive()
				&& this.beanFactory.getBeanNamesForType(type, true, false).length > 0) {
			throw parameter.invalid("is a bean of the application.",
					"Take it in the constructor of " + this.bean.type().getSimpleName() + ".");
		}
	}

	private static void checkBound(HandlerParameter parameter) {
		if (isOpen(parameter.genericType())) {
			String bean = parameter.bean().type().getSimpleName();
			throw parameter.invalid(
					"has the type '" + parameter.parameter().getGenericParameterType().getTypeName()
							+ "', whose variables " + bean + " does not bind.",
					"Write a class instead, such as a record, or let " + bean
							+ " extend or implement the declaring type with classes for its variables.");
		}
	}

	private static boolean isOpen(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(HandlerMethodFactory::isOpen);
		}
		return (type instanceof GenericArrayType array) ? isOpen(array.getGenericComponentType())
				: type instanceof TypeVariable<?>;
	}

	private @Nullable HandlerParameter onlyOne(@Nullable HandlerParameter first, HandlerParameter second,
			@Nullable ArgumentBinder argument) {
		if (first == null) {
			return (argument != null) ? second : null;
		}
		if (argument != null) {
			throw second.invalid(
					"is a second " + ((second.phase() == Phase.MESSAGE) ? "payload" : "argument") + " besides '" + first
							+ "'.",
					"Keep one of them; parts of the upgrade request need @PathVariable, @RequestParam, @RequestHeader or @CookieValue.");
		}
		return first;
	}

	/**
	 * A method and what it wants to know of what happened.
	 *
	 * @param method the method
	 * @param subject the parameter for the payload, status or exception; {@code null} if
	 * it has none
	 */
	record Signature(HandlerMethod method, @Nullable HandlerParameter subject) {

	}

}
