package io.github.wsspring.test;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.github.wsspring.context.WsServerLifecycle;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.server.SessionRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for a {@link WsTestClient} of the context's own server.
 *
 * @see AutoConfigureWsTestClient
 */
@AutoConfiguration
public final class WsTestClientAutoConfiguration {

	@Bean
	static TestIdentities wsTestIdentities() {
		return new TestIdentities();
	}

	@Bean
	@ConditionalOnMissingBean
	WsTestClient wsTestClient(ObjectProvider<WsServerLifecycle> lifecycle, ObjectProvider<SessionRegistry> registry,
			TestIdentities identities, ObjectProvider<JsonMapper> mapper, ListableBeanFactory beanFactory,
			Environment environment) {
		ContextServer server = new ContextServer(lifecycle, registry, identities,
				() -> paths(beanFactory, environment));
		TestJson json = new TestJson(mapper.getIfAvailable(JsonMapper::shared),
				environment.getProperty("ws.messages.type-field", "type"));
		return new WsTestClient(server, json, ClientSettings.DEFAULTS);
	}

	private static List<String> paths(ListableBeanFactory beanFactory, Environment environment) {
		return Arrays.stream(beanFactory.getBeanNamesForAnnotation(WsEndpoint.class))
			.map((name) -> beanFactory.findAnnotationOnBean(name, WsEndpoint.class))
			.filter(Objects::nonNull)
			.map((endpoint) -> environment.resolvePlaceholders(endpoint.path()))
			.distinct()
			.sorted()
			.toList();
	}

}
