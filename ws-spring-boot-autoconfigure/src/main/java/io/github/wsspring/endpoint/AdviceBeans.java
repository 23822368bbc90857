package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Finds the beans with {@link WsAdvice}, at start-up.
 *
 * @param beanFactory where the beans are
 */
record AdviceBeans(BeanFactory beanFactory) {

	private static final List<Class<? extends Annotation>> NOT_FOR_ADVICE = List.of(OnHandshake.class, OnOpen.class,
			OnMessage.class, OnPong.class, OnDrain.class, OnJoin.class, OnLeave.class, OnClose.class);

	/**
	 * Finds them.
	 * @param types the classes that the application wrote, by the names of the beans
	 * @return the beans in their order
	 * @throws InvalidEndpointException if one of them can have no effect
	 */
	List<EndpointBean> find(Map<String, Class<?>> types) {
		List<EndpointBean> beans = new ArrayList<>();
		for (Map.Entry<String, Class<?>> type : types.entrySet()) {
			beans.add(checked(type.getKey(), type.getValue()));
		}
		if (beans.size() > 1) {
			beans.sort(Comparator.comparing(EndpointBean::bean, AnnotationAwareOrderComparator.INSTANCE));
		}
		return beans;
	}

	private EndpointBean checked(String name, Class<?> type) {
		if (!this.beanFactory.isSingleton(name)) {
			throw new InvalidEndpointException(name, null, "The advice '" + name + "' (" + type.getName()
					+ ") is not a singleton, but one bean serves all sessions.", "Remove its @Scope.");
		}
		EndpointBean bean = new EndpointBean(name, this.beanFactory.getBean(name), type);
		for (Class<? extends Annotation> annotation : NOT_FOR_ADVICE) {
			bean.methods(annotation).stream().findFirst().ifPresent((method) -> {
				throw bean.invalid(method,
						"@" + annotation.getSimpleName() + " on " + bean.describe(method) + " in the bean '" + name
								+ "' has no effect: only the @OnError methods of @WsAdvice are called.",
						"Move the method to a @WsEndpoint.");
			});
		}
		if (bean.methods(OnError.class).isEmpty()) {
			throw bean.invalid("In " + bean + " no method has @OnError.",
					"Add one, such as @OnError ProblemDetail notFound(NoSuchElementException ex), or remove @WsAdvice.");
		}
		return bean;
	}

}
