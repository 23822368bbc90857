package io.github.wsspring.test;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.wsspring.endpoint.WsAdvice;
import io.github.wsspring.endpoint.WsArgumentResolver;
import io.github.wsspring.endpoint.WsAuthenticator;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsMessageConverter;
import io.github.wsspring.endpoint.WsMessageListener;
import tools.jackson.databind.JacksonModule;

import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;

/**
 * Leaves out what {@link WsEndpointTest} does not list.
 */
final class WsEndpointTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<WsEndpointTest> {

	private static final Set<Class<?>> KNOWN = Set.of(WsAdvice.class, WsArgumentResolver.class,
			WsMessageConverter.class, WsAuthenticator.class, WsMessageListener.class, Converter.class,
			GenericConverter.class, JacksonModule.class, JacksonComponent.class);

	private final Set<Class<?>> endpoints;

	WsEndpointTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.endpoints = Set.of(getAnnotation().getValue("endpoints", Class[].class).orElseGet(() -> new Class<?>[0]));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		if (!this.endpoints.isEmpty()) {
			return KNOWN;
		}
		Set<Class<?>> all = new LinkedHashSet<>(KNOWN);
		all.add(WsEndpoint.class);
		return all;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.endpoints;
	}

}
