package io.github.wsspring.endpoint;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;

import io.github.wsspring.endpoint.TopicPattern.Match;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Fills parameters with a topic that a session joins or leaves, and with the variables of
 * its name.
 */
final class TopicResolver implements ArgumentResolver {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private final Set<String> pathVariables;

	private final ConversionService conversion;

	private final ConfigurableBeanFactory beanFactory;

	TopicResolver(Set<String> pathVariables, ConversionService conversion, ConfigurableBeanFactory beanFactory) {
		this.pathVariables = pathVariables;
		this.conversion = conversion;
		this.beanFactory = beanFactory;
	}

	/**
	 * Finds out which topics a method is for.
	 * @throws InvalidEndpointException if its pattern makes no sense
	 */
	TopicPattern pattern(EndpointBean bean, Method method, Phase phase) {
		String template = template(bean, method, phase);
		try {
			String resolved = this.beanFactory.resolveEmbeddedValue(template);
			return TopicPattern.parse((resolved != null) ? resolved : "");
		}
		catch (IllegalArgumentException ex) {
			throw bean.invalid(method,
					phase + "(\"" + template + "\") on " + bean.describe(method) + " in the bean '" + bean.name() + "' "
							+ ex.getMessage() + ".",
					"Write names of topics with variables, as in " + phase + "(\"room:{room}\").");
		}
	}

	private static String template(EndpointBean bean, Method method, Phase phase) {
		if (phase == Phase.JOIN) {
			return Objects.requireNonNull(bean.annotation(method, OnJoin.class)).value();
		}
		return Objects.requireNonNull(bean.annotation(method, OnLeave.class)).value();
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		if (parameter.phase() != Phase.JOIN && parameter.phase() != Phase.LEAVE) {
			return null;
		}
		PathVariable annotation = parameter.annotation(PathVariable.class);
		if (annotation == null) {
			return (parameter.type() == String.class && parameter.parameter().getParameterAnnotations().length == 0)
					? (caller, subject) -> match(subject).topic() : null;
		}
		String name = annotation.name().isEmpty() ? parameter.parameter().getParameterName() : annotation.name();
		TopicPattern pattern = pattern(parameter.bean(), parameter.method(), parameter.phase());
		if (name != null && pattern.variables().contains(name)) {
			return variable(parameter, name);
		}
		if (name != null && !this.pathVariables.contains(name)) {
			throw parameter.invalid("asks for a variable that neither the topics nor the endpoint's path have.",
					"Use one of " + pattern.variables() + " or " + this.pathVariables + ", or put {" + name + "} into "
							+ parameter.phase() + " or the path.");
		}
		return null;
	}

	private ArgumentBinder variable(HandlerParameter parameter, String name) {
		TypeDescriptor type = new TypeDescriptor(parameter.parameter());
		if (!this.conversion.canConvert(STRING, type)) {
			throw parameter.invalid("has a type that no text can be converted to.",
					"Use a type such as String, int, UUID or an enum, or register a Converter from String.");
		}
		return (caller, subject) -> {
			try {
				return this.conversion.convert(match(subject).variables().get(name), STRING, type);
			}
			catch (ConversionException ex) {
				throw new InvalidMessageException(InvalidMessageException.INVALID,
						"The '" + name + "' of the topic cannot be read as " + type.getType().getSimpleName());
			}
		};
	}

	private static Match match(@Nullable Object subject) {
		return (Match) Objects.requireNonNull(subject);
	}

}
