package io.github.wsspring.test;

import java.util.List;

import io.github.wsspring.autoconfigure.SomeEndpoints;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for what is special in the contexts of {@link WsEndpointTest}s.
 */
@AutoConfiguration
public final class WsEndpointTestAutoConfiguration {

	@Bean
	SomeEndpoints wsSomeEndpoints() {
		return new SomeEndpoints();
	}

	@Bean
	EndpointPresence wsEndpointPresence(Environment environment, ListableBeanFactory beanFactory) {
		String names = environment.getProperty(WsEndpointTestContextBootstrapper.ENDPOINTS_PROPERTY, "");
		return new EndpointPresence(List.of(StringUtils.commaDelimitedListToStringArray(names)), beanFactory);
	}

}
