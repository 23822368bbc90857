package io.github.wsspring.endpoint;

import java.util.Set;

import io.github.wsspring.endpoint.RequestValue.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;

/**
 * Fills {@code @PathVariable}, {@code @RequestParam}, {@code @RequestHeader} and
 * {@code @CookieValue}.
 */
final class RequestValueResolver implements ArgumentResolver {

	private final Set<String> pathVariables;

	private final RequestFacts facts;

	private final ConversionService conversion;

	private final ConfigurableBeanFactory beanFactory;

	RequestValueResolver(Set<String> pathVariables, RequestFacts facts, ConversionService conversion,
			ConfigurableBeanFactory beanFactory) {
		this.pathVariables = pathVariables;
		this.facts = facts;
		this.conversion = conversion;
		this.beanFactory = beanFactory;
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		RequestValue value = describe(parameter);
		if (value == null) {
			return null;
		}
		check(value, parameter);
		return this.facts.ask(value);
	}

	private @Nullable RequestValue describe(HandlerParameter parameter) {
		PathVariable path = parameter.annotation(PathVariable.class);
		if (path != null) {
			return value(Source.PATH, parameter, path.name(), true, ValueConstants.DEFAULT_NONE);
		}
		RequestParam query = parameter.annotation(RequestParam.class);
		if (query != null) {
			return value(Source.QUERY, parameter, query.name(), query.required(), query.defaultValue());
		}
		RequestHeader header = parameter.annotation(RequestHeader.class);
		// As in Spring MVC, @RequestHeader on HttpHeaders means all of them.
		if (header != null && parameter.type() != HttpHeaders.class) {
			return value(Source.HEADER, parameter, header.name(), header.required(), header.defaultValue());
		}
		CookieValue cookie = parameter.annotation(CookieValue.class);
		if (cookie != null) {
			return value(Source.COOKIE, parameter, cookie.name(), cookie.required(), cookie.defaultValue());
		}
		return null;
	}

	private RequestValue value(Source source, HandlerParameter parameter, String name, boolean required,
			String defaultValue) {
		String defaultText = defaultValue.equals(ValueConstants.DEFAULT_NONE) ? null
				: this.beanFactory.resolveEmbeddedValue(defaultValue);
		boolean mandatory = required && defaultText == null && !parameter.parameter().isOptional();
		return new RequestValue(source, name(source, parameter, name), mandatory, defaultText,
				new TypeDescriptor(parameter.parameter()), this.conversion);
	}

	private String name(Source source, HandlerParameter parameter, String name) {
		String resolved = name.isEmpty() ? parameter.parameter().getParameterName()
				: this.beanFactory.resolveEmbeddedValue(name);
		if (resolved == null) {
			throw parameter.invalid("does not say which " + source + " it is for.",
					"Write the name into the annotation, or compile with -parameters.");
		}
		return resolved;
	}

	private void check(RequestValue value, HandlerParameter parameter) {
		if (value.source() == Source.PATH && !this.pathVariables.contains(value.name())) {
			throw parameter.invalid("asks for a path variable that the endpoint's path does not have.",
					"Use one of " + this.pathVariables + ", or put {" + value.name() + "} into the path.");
		}
		if (!value.isConvertible()) {
			throw parameter.invalid("has a type that no text can be converted to.",
					"Use a type such as String, int, UUID or an enum, or register a Converter from String.");
		}
		if (!value.hasGoodDefault()) {
			throw parameter.invalid(
					"has the default value '" + value.defaultValue() + "', which does not fit its type.",
					"Change the defaultValue or the type.");
		}
		if (parameter.type().isPrimitive() && !value.required() && value.defaultValue() == null) {
			throw parameter.invalid("is not required, but a primitive cannot be null.",
					"Add a defaultValue, or use the wrapper type.");
		}
	}

}
