package io.github.wsspring.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints are beans like others: what Spring does to beans, it does to them.
 */
@Timeout(30)
class SpringMannersTests {

	@Test
	void anAsyncMethodAnswersFromItsOwnThread() throws Exception {
		FakeSession session = Harness.of(AsyncConfiguration.class, AsyncEndpoint.class).connect("/async");
		CompletionStage<?> stage = session.text("hi");
		assertThat(stage).isNotNull();
		stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
		assertThat(session.sent).singleElement().asString().startsWith("hi from async-");
	}

	@Test
	void adviceIsAroundTheMethod() throws Exception {
		Harness harness = Harness.of(Advice.class, Account.class);
		FakeSession session = harness.connect("/account");
		assertThat(session.ask("{\"type\":\"pay\"}")).containsExactly("paid within a transaction");
		assertThat(harness.bean(Advice.class).transactions).isEqualTo(1);
	}

	@Test
	void adviceThatForbidsTheCallIsAnErrorOfTheMethod() throws Exception {
		FakeSession session = Harness.of(Advice.class, Account.class).connect("/account");
		assertThat(session.ask("{\"type\":\"steal\"}")).containsExactly("forbidden: steal");
	}

	@Test
	void adviceMayDecideAboutTopics() throws Exception {
		FakeSession session = Harness.of(Advice.class, Account.class).connect("/account");
		assertThat(session.ws().join("vault")).isTrue();
		assertThat(session.ws().join("lobby")).isFalse();
	}

	@Test
	void anEndpointOfAnotherProfileIsNotThere() {
		assertThat(Harness.of(Elsewhere.class).router.endpoints()).isEmpty();
	}

	@Test
	void anEndpointMayBeReplacedBehindItsProxy() throws Exception {
		Harness harness = Harness.of(Refreshable.class, Counter.class);
		FakeSession session = harness.connect("/counter");
		assertThat(session.ask("x")).containsExactly("1");
		assertThat(session.ask("x")).containsExactly("2");
		harness.bean(RefreshScope.class).beans.clear();
		assertThat(session.ask("x")).containsExactly("1");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class AsyncConfiguration {

		@Bean
		static SimpleAsyncTaskExecutor taskExecutor() {
			return new SimpleAsyncTaskExecutor("async-");
		}

	}

	@WsEndpoint("/async")
	static class AsyncEndpoint {

		@Async
		@OnMessage
		CompletableFuture<String> message(String text) {
			return CompletableFuture.completedFuture(text + " from " + Thread.currentThread().getName());
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface InTransaction {

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Forbidden {

	}

	static class Advice {

		int transactions;

		private boolean active;

		@Bean
		static DefaultAdvisorAutoProxyCreator proxies() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

		@Bean
		DefaultPointcutAdvisor transactions() {
			MethodInterceptor advice = (invocation) -> {
				this.active = true;
				this.transactions++;
				try {
					return invocation.proceed() + (this.active ? " within a transaction" : "");
				}
				finally {
					this.active = false;
				}
			};
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(InTransaction.class),
					advice);
		}

		@Bean
		DefaultPointcutAdvisor rules() {
			MethodInterceptor advice = (invocation) -> {
				if (invocation.getMethod().getReturnType() == boolean.class) {
					return false;
				}
				throw new SecurityException(invocation.getMethod().getName());
			};
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Forbidden.class), advice);
		}

	}

	@WsEndpoint("/account")
	static class Account {

		@InTransaction
		@OnMessage("pay")
		String pay() {
			return "paid";
		}

		@Forbidden
		@OnMessage("steal")
		String steal() {
			return "stolen";
		}

		@OnJoin("vault")
		boolean vault() {
			return true;
		}

		@Forbidden
		@OnJoin("lobby")
		boolean lobby() {
			return true;
		}

		@OnError
		String error(SecurityException ex) {
			return "forbidden: " + ex.getMessage();
		}

	}

	@Profile("elsewhere")
	@WsEndpoint("/elsewhere")
	static class Elsewhere {

		@OnMessage
		void message(String text) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(RefreshScope.class)
	static class Refreshable {

		@Bean
		static CustomScopeConfigurer scopes(RefreshScope scope) {
			CustomScopeConfigurer configurer = new CustomScopeConfigurer();
			configurer.addScope("refreshed", scope);
			return configurer;
		}

	}

	/** Keeps beans until they are to be made anew. */
	static class RefreshScope extends SimpleThreadScope {

		final Map<String, Object> beans = new HashMap<>();

		@Override
		public Object get(String name, ObjectFactory<?> factory) {
			Object bean = this.beans.get(name);
			if (bean == null) {
				bean = factory.getObject();
				this.beans.put(name, bean);
			}
			return bean;
		}

		@Override
		public @Nullable Object remove(String name) {
			return this.beans.remove(name);
		}

	}

	@Scope(scopeName = "refreshed", proxyMode = ScopedProxyMode.TARGET_CLASS)
	@WsEndpoint("/counter")
	static class Counter {

		private int count;

		@OnMessage
		int message(String text) {
			return ++this.count;
		}

	}

}
