package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.SynthesizingMethodParameter;

/**
 * A parameter of a handler method, at start-up.
 *
 * @param bean the bean
 * @param method the method as the bean's class declares it
 * @param phase when the method is called
 * @param parameter the parameter, with the type that it has in the bean's class
 */
record HandlerParameter(EndpointBean bean, Method method, Phase phase, MethodParameter parameter) {

	static HandlerParameter of(EndpointBean bean, Method method, Phase phase, int index) {
		MethodParameter parameter = new SynthesizingMethodParameter(method, index).withContainingClass(bean.type());
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		return new HandlerParameter(bean, method, phase, parameter);
	}

	Class<?> type() {
		return this.parameter.getParameterType();
	}

	/**
	 * The type of the value, which may be in an {@code Optional}.
	 */
	Class<?> valueType() {
		return this.parameter.nestedIfOptional().getNestedParameterType();
	}

	/**
	 * Whether there need not be a value: the parameter is nullable, or an
	 * {@code Optional}.
	 */
	boolean isOptional() {
		return this.parameter.isOptional();
	}

	/**
	 * The type with its type variables as the bean's class binds them.
	 */
	Type genericType() {
		return GenericTypeResolver.resolveType(this.parameter.getGenericParameterType(), this.bean.type());
	}

	<A extends Annotation> @Nullable A annotation(Class<A> type) {
		return this.parameter.getParameterAnnotation(type);
	}

	InvalidEndpointException invalid(String description, String action) {
		return this.bean.invalid(this.method, "The parameter '" + this + "' of " + this.bean.describe(this.method)
				+ " in the bean '" + this.bean.name() + "' " + description, action);
	}

	@Override
	public String toString() {
		String name = this.parameter.getParameterName();
		return type().getSimpleName() + " " + ((name != null) ? name : this.parameter.getParameterIndex());
	}

}
