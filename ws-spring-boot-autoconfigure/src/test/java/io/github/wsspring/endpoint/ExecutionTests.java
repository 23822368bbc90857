package io.github.wsspring.endpoint;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionTests {

	@Test
	void messagesAreHandledOneAtATimeUnlessTheEndpointAsksForMore() {
		Harness harness = Harness.of(Serial.class, Parallel.class);
		assertThat(harness.route("/serial").endpoint().concurrency()).isEqualTo(1);
		assertThat(harness.route("/parallel").endpoint().concurrency()).isEqualTo(8);
	}

	@Test
	void theMethodThatAThreadIsInIsNamed() throws Exception {
		Harness harness = Harness.of(Serial.class);
		harness.connect("/serial").text("x");
		assertThat(named(harness)).isEqualTo("Serial.message");
	}

	@Test
	void theMethodBehindAProxyIsNamed() throws Exception {
		Harness harness = Harness.of(Proxies.class, Serial.class);
		harness.connect("/serial").text("x");
		assertThat(named(harness)).isEqualTo("Serial.message");
	}

	@Test
	void theMethodOfAnAdviceIsNamed() throws Exception {
		Harness harness = Harness.of(Serial.class, Failures.class);
		harness.connect("/serial").text("fail");
		assertThat(harness.route("/serial").endpoint().handler().methodIn(harness.bean(Failures.class).stack()))
			.isEqualTo("Failures.failed");
	}

	@Test
	void otherMethodsAreNotNamed() {
		Harness harness = Harness.of(Serial.class);
		assertThat(harness.route("/serial").endpoint().handler().methodIn(List.of(new Throwable().getStackTrace())))
			.isNull();
	}

	@Test
	void aMethodIsToldThatThereIsRoomAgain() throws Exception {
		FakeSession session = Harness.of(Drained.class).connect("/drained");
		assertThat(session.endpoint().handler().wantsDrain()).isTrue();
		session.endpoint().handler().onDrain(session);
		assertThat(session.sent).containsExactly("room for s1");
		assertThat(Harness.of(Serial.class).route("/serial").endpoint().handler().wantsDrain()).isFalse();
	}

	private static String named(Harness harness) {
		return String
			.valueOf(harness.route("/serial").endpoint().handler().methodIn(harness.bean(Serial.class).stack()));
	}

	@Configuration(proxyBeanMethods = false)
	static class Proxies {

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("executionTests.Serial");
			creator.setProxyTargetClass(true);
			return creator;
		}

	}

	@WsEndpoint("/serial")
	static class Serial {

		private List<StackTraceElement> stack = List.of();

		List<StackTraceElement> stack() {
			return this.stack;
		}

		@OnMessage
		void message(String text) {
			this.stack = List.of(new Throwable().getStackTrace());
			if (text.equals("fail")) {
				throw new IllegalArgumentException(text);
			}
		}

	}

	@WsAdvice
	static class Failures {

		private List<StackTraceElement> stack = List.of();

		List<StackTraceElement> stack() {
			return this.stack;
		}

		@OnError
		void failed(IllegalArgumentException ex) {
			this.stack = List.of(new Throwable().getStackTrace());
		}

	}

	@WsEndpoint(path = "/parallel", concurrency = 8)
	static class Parallel {

		@OnMessage
		void message(String text) {
		}

	}

	@WsEndpoint("/drained")
	static class Drained {

		@OnDrain
		String drained(WsSession session) {
			return "room for " + session.id();
		}

	}

}
