package io.github.wsspring.autoconfigure;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.context.LoggingServerListener;
import io.github.wsspring.context.WsHandlerExecutor;
import io.github.wsspring.context.WsServerFactory;
import io.github.wsspring.context.WsServerLifecycle;
import io.github.wsspring.endpoint.JacksonJsonCodec;
import io.github.wsspring.endpoint.JsonCodec;
import io.github.wsspring.endpoint.MessageCodec;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsAuthenticator;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsTemplate;
import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.SessionRegistry;
import io.github.wsspring.server.TokenAuthenticator;
import io.github.wsspring.server.WsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link WsAutoConfiguration} that need no engine: the server is a mock.
 */
@ExtendWith(OutputCaptureExtension.class)
class WsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WsAutoConfiguration.class))
		.withUserConfiguration(MockServerConfiguration.class);

	@Test
	void noBeanMethodHasSoManyParametersThatReflectionIsSlow() {
		assertThat(WsAutoConfiguration.class.getDeclaredMethods())
			.filteredOn((method) -> method.isAnnotationPresent(Bean.class))
			.allSatisfy((method) -> assertThat(method.getParameterCount()).isLessThanOrEqualTo(3));
		assertThat(WsAutoConfiguration.class.getDeclaredConstructors())
			.allSatisfy((constructor) -> assertThat(constructor.getParameterCount()).isLessThanOrEqualTo(3));
	}

	@Test
	void allPartsAreThere() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).hasSingleBean(SessionRegistry.class)
				.hasSingleBean(MessageCodec.class)
				.hasSingleBean(WsTemplate.class)
				.hasSingleBean(WsHandlerExecutor.class)
				.hasSingleBean(LoggingServerListener.class)
				.hasSingleBean(ServerOptions.class)
				.hasSingleBean(EndpointServerFactory.class)
				.hasSingleBean(WsServerLifecycle.class)
				.hasSingleBean(JacksonJsonCodec.class);
			assertThat(context.getBean(Authenticator.class)).isSameAs(Authenticator.ANONYMOUS);
		});
	}

	@Test
	void whenDisabledThenNothingIsThere() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WsAutoConfiguration.class))
			.withPropertyValues("ws.enabled=false", "ws.server.port=70000")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context).doesNotHaveBean(WsAutoConfiguration.class)
					.doesNotHaveBean(WsProperties.class)
					.doesNotHaveBean(WsServerLifecycle.class)
					.doesNotHaveBean(WsTemplate.class);
			});
	}

	@Test
	void autoConfigurationIsImported() throws Exception {
		assertThat(new ClassPathResource(
				"META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")
			.getContentAsString(java.nio.charset.StandardCharsets.UTF_8)).contains(WsAutoConfiguration.class.getName());
	}

	@Test
	void beansOfTheApplicationWin() {
		SessionRegistry registry = new SessionRegistry();
		WsHandlerExecutor executor = WsHandlerExecutor.of(Runnable::run);
		LoggingServerListener listener = new LoggingServerListener();
		JsonCodec jsonCodec = mock(JsonCodec.class);
		MessageCodec codec = new MessageCodec(jsonCodec, "type");
		this.runner.withBean("registry", SessionRegistry.class, () -> registry)
			.withBean("executor", WsHandlerExecutor.class, () -> executor)
			.withBean("listener", LoggingServerListener.class, () -> listener)
			.withBean("jsonCodec", JsonCodec.class, () -> jsonCodec)
			.withBean("codec", MessageCodec.class, () -> codec)
			.withBean("options", ServerOptions.class, () -> ServerOptions.DEFAULTS)
			.withBean("authenticator", Authenticator.class,
					() -> (request, address) -> Authenticator.Admitted.ANONYMOUS)
			.withBean("factory", WsServerFactory.class, () -> () -> mock(WsServer.class))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SessionRegistry.class)).isSameAs(registry);
				assertThat(context.getBean(WsHandlerExecutor.class)).isSameAs(executor);
				assertThat(context.getBean(LoggingServerListener.class)).isSameAs(listener);
				assertThat(context.getBean(JsonCodec.class)).isSameAs(jsonCodec);
				assertThat(context.getBean(MessageCodec.class)).isSameAs(codec);
				assertThat(context.getBean(ServerOptions.class)).isSameAs(ServerOptions.DEFAULTS);
				assertThat(context).hasSingleBean(Authenticator.class)
					.doesNotHaveBean(EndpointServerFactory.class)
					.doesNotHaveBean(StartupReport.class);
			});
	}

	@Test
	void listenerOfTheApplicationIsToldBesidesTheLog() {
		this.runner.withBean("counting", ServerListener.class, () -> mock(ServerListener.class))
			.run((context) -> assertThat(context.getBeansOfType(ServerListener.class)).containsOnlyKeys("counting",
					"wsLoggingServerListener", "wsEventPublisher"));
	}

	@Test
	void authenticatorOfTheApplicationIsAsked() {
		this.runner.withBean(WsAuthenticator.class, () -> (token, request) -> null)
			.run((context) -> assertThat(context.getBean(Authenticator.class)).isInstanceOf(TokenAuthenticator.class));
	}

	@Test
	void whenJacksonIsMissingThenThereIsNoJson() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).doesNotHaveBean(JsonCodec.class).hasSingleBean(MessageCodec.class);
		});
	}

	@Test
	void templateCanBeInjectedIntoEndpoints() {
		this.runner.withUserConfiguration(NotifierConfiguration.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Notifier.class).template).isSameAs(context.getBean(WsTemplate.class));
		});
	}

	@Test
	void endpointsAreFoundBeforeTheServerStarts() {
		this.runner.withUserConfiguration(NotifierConfiguration.class)
			.run((context) -> assertThat(context.getBean(EndpointServerFactory.class).router().endpoints())
				.singleElement()
				.satisfies((endpoint) -> assertThat(endpoint.path()).isEqualTo("/notifier")));
	}

	@Test
	void whenBeansAreCreatedLazilyThenEndpointsAreFoundAllTheSame(CapturedOutput output) {
		this.runner.withUserConfiguration(NotifierConfiguration.class)
			.withInitializer((context) -> context
				.addBeanFactoryPostProcessor(new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(output).contains("ws://localhost:4711/notifier -> Notifier"));
	}

	@Test
	void whenStartedThenUrlsOfEndpointsAreLogged(CapturedOutput output) {
		this.runner.withUserConfiguration(NotifierConfiguration.class)
			.run((context) -> assertThat(output).contains("WebSocket server started on port 4711")
				.contains("ws://localhost:4711/notifier -> Notifier")
				.doesNotContain("@WsEndpoint"));
	}

	@Test
	void whenThereIsNoEndpointThenTheAnnotationIsNamed(CapturedOutput output) {
		this.runner
			.run((context) -> assertThat(output).contains("There is no WebSocket endpoint").contains("@WsEndpoint"));
	}

	@Test
	void whenShutdownMayOutlastItsPhaseThenBothKeysAreNamed(CapturedOutput output) {
		this.runner.withPropertyValues("ws.server.shutdown.grace-period=31s")
			.run((context) -> assertThat(output).contains("ws.server.shutdown.grace-period")
				.contains("spring.lifecycle.timeout-per-shutdown-phase"));
	}

	@Test
	void whenShutdownFitsItsPhaseThenNothingIsSaid(CapturedOutput output) {
		this.runner
			.withPropertyValues("ws.server.shutdown.grace-period=31s",
					"spring.lifecycle.timeout-per-shutdown-phase=40s")
			.run((context) -> assertThat(output).doesNotContain("spring.lifecycle"));
	}

	@Test
	void whenEndpointIdIsUnknownThenTheApplicationDoesNotStart() {
		this.runner.withUserConfiguration(NotifierConfiguration.class)
			.withPropertyValues("ws.endpoints.notifer.inbound.max-pending=3")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidWsPropertyException.class)
				.hasMessageContaining("ws.endpoints.notifer"));
	}

	@Test
	void whenOptionOfAnEndpointIsInvalidThenTheApplicationDoesNotStart() {
		this.runner.withUserConfiguration(NotifierConfiguration.class)
			.withPropertyValues("ws.endpoints.notifier.inbound.max-pending=0")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidWsPropertyException.class)
				.hasMessageContaining("ws.endpoints.notifier.inbound.max-pending"));
	}

	@Test
	void springBootsOwnTaskExecutorIsStillThere() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor"));
	}

	@Test
	void whenTheContextBeginsToCloseThenHandlersStillRun() {
		this.runner.withBean(SubmittingWhenClosed.class).run((context) -> {
			SubmittingWhenClosed submitting = context.getBean(SubmittingWhenClosed.class);
			context.close();
			assertThat(submitting.handled.getCount()).isZero();
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenVirtualThreadsAreEnabledThenHandlersUseThem() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context.getBean(WsHandlerExecutor.class).executor())
				.isInstanceOf(org.springframework.core.task.VirtualThreadTaskExecutor.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class MockServerConfiguration {

		@Bean
		WsServerLifecycle mockServerLifecycle(ServerOptions options, ApplicationContext context) {
			WsServer server = mock(WsServer.class);
			given(server.hasPort()).willReturn(true);
			given(server.address()).willReturn(new InetSocketAddress("127.0.0.1", 4711));
			given(server.shutdown()).willReturn(CompletableFuture.completedFuture(null));
			return new WsServerLifecycle(options, () -> server, context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NotifierConfiguration {

		@Bean
		Notifier notifier(WsTemplate template) {
			return new Notifier(template);
		}

	}

	@WsEndpoint("/notifier")
	static class Notifier {

		private final WsTemplate template;

		Notifier(WsTemplate template) {
			this.template = template;
		}

		@OnMessage
		void ignore(String text) {
		}

	}

	static class SubmittingWhenClosed implements ApplicationListener<ContextClosedEvent> {

		private final CountDownLatch handled = new CountDownLatch(1);

		private final WsHandlerExecutor executor;

		SubmittingWhenClosed(WsHandlerExecutor executor) {
			this.executor = executor;
		}

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
			this.executor.executor().execute(this.handled::countDown);
			try {
				this.handled.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
