package io.github.wsspring.autoconfigure;

import io.github.wsspring.context.LoggingServerListener;
import io.github.wsspring.context.ServerListeners;
import io.github.wsspring.context.WsEventPublisher;
import io.github.wsspring.context.WsHandlerExecutor;
import io.github.wsspring.context.WsServerFactory;
import io.github.wsspring.context.WsServerLifecycle;
import io.github.wsspring.endpoint.EndpointScanner;
import io.github.wsspring.endpoint.EndpointSettings;
import io.github.wsspring.endpoint.HandlerExtension;
import io.github.wsspring.endpoint.HandlerOptions;
import io.github.wsspring.endpoint.JacksonJsonCodec;
import io.github.wsspring.endpoint.JsonCodec;
import io.github.wsspring.endpoint.MessageCodec;
import io.github.wsspring.endpoint.SpringSecurityExtension;
import io.github.wsspring.endpoint.WsArgumentResolver;
import io.github.wsspring.endpoint.WsAuthenticator;
import io.github.wsspring.endpoint.WsMessageConverter;
import io.github.wsspring.endpoint.WsMessageFormat;
import io.github.wsspring.endpoint.WsMessageListener;
import io.github.wsspring.endpoint.WsTemplate;
import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.SessionRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.validation.Validator;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a WebSocket server with the
 * endpoints among the beans.
 * <p>
 * No method has more than three parameters, up to which a call by reflection is cheap
 * since JDK 18: what else it needs, and nobody declares twice by mistake, it gets from
 * the bean factory.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnBooleanProperty(name = "ws.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WsProperties.class)
public final class WsAutoConfiguration {

	private final WsProperties properties;

	private final WsPropertiesMapper mapper;

	private final ConfigurableListableBeanFactory beanFactory;

	private final ObjectProvider<ServerListener> listeners;

	WsAutoConfiguration(WsProperties properties, ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<ServerListener> listeners) {
		this.properties = properties;
		this.mapper = new WsPropertiesMapper(properties);
		this.beanFactory = beanFactory;
		this.listeners = listeners;
	}

	@Bean
	@ConditionalOnMissingBean
	SessionRegistry wsSessionRegistry() {
		return new SessionRegistry();
	}

	@Bean
	@ConditionalOnMissingBean
	MessageCodec wsMessageCodec(ObjectProvider<JsonCodec> jsonCodec, ObjectProvider<WsMessageConverter> converters,
			ObjectProvider<WsMessageFormat> formats) {
		return new MessageCodec(jsonCodec.getIfAvailable(), this.mapper.messageFields(),
				converters.orderedStream().toList(), formats.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerOptions wsHandlerOptions(ObjectProvider<WsArgumentResolver> argumentResolvers,
			ObjectProvider<Validator> validator, ObjectProvider<WsMessageListener> messageListeners) {
		HandlerExtension extension = this.beanFactory.getBeanProvider(HandlerExtension.class)
			.getIfAvailable(() -> HandlerExtension.NONE);
		// as an argument: of several it is the one by this name
		return new HandlerOptions(argumentResolvers.orderedStream().toList(), validator.getIfUnique(), extension,
				this.mapper.failurePolicy(messageListeners.orderedStream().toList(), listener()));
	}

	// Only these two, so that every endpoint can have it injected without a cycle.
	@Bean
	@ConditionalOnMissingBean
	WsTemplate wsTemplate(SessionRegistry registry, MessageCodec codec) {
		return new WsTemplate(registry, codec);
	}

	@Bean
	@ConditionalOnMissingBean
	WsHandlerExecutor wsHandlerExecutor(Environment environment) {
		return Threading.VIRTUAL.isActive(environment) ? WsHandlerExecutor.virtualThreads()
				: WsHandlerExecutor.pool(Math.max(16, 8 * Runtime.getRuntime().availableProcessors()));
	}

	@Bean
	@ConditionalOnMissingBean(Authenticator.class)
	Authenticator wsTokenAuthenticator(ObjectProvider<WsAuthenticator> custom) {
		return new AuthenticationMapper(this.properties).authenticator(custom.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	LoggingServerListener wsLoggingServerListener() {
		return new LoggingServerListener();
	}

	@Bean
	@ConditionalOnMissingBean
	WsEventPublisher wsEventPublisher(ApplicationContext context, WsHandlerExecutor executor) {
		return new WsEventPublisher(context, executor.executor());
	}

	@Bean
	@ConditionalOnMissingBean
	ServerOptions wsServerOptions(ObjectProvider<SslBundles> bundles) {
		return this.mapper.serverOptions(bundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(WsServerFactory.class)
	EndpointServerFactory wsServerFactory(Authenticator authenticator, WsHandlerExecutor executor,
			HandlerOptions handlers) {
		SessionRegistry registry = this.beanFactory.getBean(SessionRegistry.class);
		boolean someEndpoints = this.beanFactory.getBeanNamesForType(SomeEndpoints.class).length > 0;
		EndpointServerFactory.Parts parts = new EndpointServerFactory.Parts(
				this.beanFactory.getBean(ServerOptions.class), authenticator, registry, listener(), executor.executor(),
				someEndpoints);
		EndpointScanner scanner = new EndpointScanner(this.beanFactory, settings(executor, handlers), registry);
		return new EndpointServerFactory(parts, scanner, this.mapper);
	}

	private EndpointSettings settings(WsHandlerExecutor executor, HandlerOptions handlers) {
		ConversionService conversionService = this.beanFactory.getConversionService();
		return new EndpointSettings(executor.executor(), this.mapper.origins(), this.mapper::sessionOptions,
				this.beanFactory.getBean(MessageCodec.class),
				(conversionService != null) ? conversionService : ApplicationConversionService.getSharedInstance(),
				handlers);
	}

	private ServerListener listener() {
		return new ServerListeners(this.listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	WsServerLifecycle wsServerLifecycle(ServerOptions options, WsServerFactory factory, ApplicationContext context) {
		return new WsServerLifecycle(options, factory, context);
	}

	@Bean
	@ConditionalOnBean(EndpointServerFactory.class)
	StartupReport wsStartupReport(EndpointServerFactory factory, ServerOptions options, Environment environment) {
		return new StartupReport(factory, options, environment);
	}

	/** Spring Security, if it is there. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Authentication.class)
	static class SecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean(HandlerExtension.class)
		SpringSecurityExtension wsSecurityExtension(ObjectProvider<SecurityContextHolderStrategy> contexts,
				BeanFactory beanFactory) {
			return new SpringSecurityExtension(contexts.getIfUnique(SecurityContextHolder::getContextHolderStrategy),
					beanFactory);
		}

	}

	/** JSON by Jackson, if it is there. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JacksonConfiguration {

		@Bean
		@ConditionalOnMissingBean(JsonCodec.class)
		JacksonJsonCodec wsJsonCodec(ObjectProvider<JsonMapper> mapper) {
			return new JacksonJsonCodec(mapper.getIfAvailable(JsonMapper::shared));
		}

	}

}
