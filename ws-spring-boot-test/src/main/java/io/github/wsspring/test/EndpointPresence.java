package io.github.wsspring.test;

import java.util.List;

import io.github.wsspring.endpoint.WsEndpoint;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.ClassUtils;

/**
 * Makes sure that the endpoints of a {@link WsEndpointTest} are beans.
 *
 * @param names the classes that the test names
 * @param beanFactory where they should be
 */
record EndpointPresence(List<String> names, ListableBeanFactory beanFactory) implements SmartInitializingSingleton {

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.names) {
			Class<?> endpoint = ClassUtils.resolveClassName(name, getClass().getClassLoader());
			if (this.beanFactory.getBeanNamesForType(endpoint, true, false).length == 0) {
				throw new IllegalStateException("@WsEndpointTest names " + name + ", which is no bean: it is in no "
						+ "package that the test's @SpringBootApplication scans. Add @Import("
						+ endpoint.getSimpleName() + ".class) to the test");
			}
		}
		if (this.beanFactory.getBeanNamesForAnnotation(WsEndpoint.class).length == 0) {
			throw new IllegalStateException("@WsEndpointTest finds no endpoint: in the packages that the test's "
					+ "@SpringBootApplication scans, no class has @WsEndpoint. Add the class by @Import");
		}
	}

}
