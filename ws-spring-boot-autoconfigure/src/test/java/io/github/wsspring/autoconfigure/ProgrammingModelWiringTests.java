package io.github.wsspring.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Type;

import io.github.wsspring.endpoint.HandlerExtension;
import io.github.wsspring.endpoint.HandlerOptions;
import io.github.wsspring.endpoint.SpringSecurityExtension;
import io.github.wsspring.endpoint.WsArgumentResolver;
import io.github.wsspring.endpoint.WsMessageConverter;
import io.github.wsspring.endpoint.WsMessageListener;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Tests for what {@link WsAutoConfiguration} finds among the beans for handler methods.
 */
class ProgrammingModelWiringTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, WsAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0");

	@Test
	void beansForHandlerMethodsAreFound() {
		WsArgumentResolver resolver = (parameter) -> null;
		WsMessageListener listener = mock(WsMessageListener.class);
		this.runner.withBean(WsArgumentResolver.class, () -> resolver)
			.withBean(WsMessageListener.class, () -> listener)
			.withBean(WsMessageConverter.class, NoConverter::new)
			.run((context) -> {
				HandlerOptions options = context.getBean(HandlerOptions.class);
				assertThat(options.argumentResolvers()).containsExactly(resolver);
				assertThat(options.validator()).isNull();
				options.failures().messages().rejected(mock(), mock());
				verify(listener).rejected(org.mockito.ArgumentMatchers.any(), org.mockito.ArgumentMatchers.any());
			});
	}

	@Test
	void theValidatorOfTheApplicationIsFound() {
		this.runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(HandlerOptions.class).validator())
				.isSameAs(context.getBean("defaultValidator", Validator.class)));
	}

	@Test
	void ofSeveralValidatorsItIsTheOneByThatName() {
		Validator validator = mock(Validator.class);
		this.runner.withBean("mvcValidator", Validator.class, () -> mock(Validator.class))
			.withBean("validator", Validator.class, () -> validator)
			.run((context) -> assertThat(context.getBean(HandlerOptions.class).validator()).isSameAs(validator));
	}

	@Test
	void springSecurityIsUsedIfItIsThere() {
		this.runner.run((context) -> assertThat(context.getBean(HandlerOptions.class).extension())
			.isInstanceOf(SpringSecurityExtension.class));
	}

	@Test
	void springSecurityIsNotNeeded() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(HandlerOptions.class).extension()).isSameAs(HandlerExtension.NONE);
		});
	}

	static class NoConverter implements WsMessageConverter {

		@Override
		public boolean supports(Class<?> type) {
			return false;
		}

		@Override
		public Object read(byte[] message, Type type) throws IOException {
			throw new IOException();
		}

		@Override
		public byte[] write(Object payload) throws IOException {
			throw new IOException();
		}

	}

}
