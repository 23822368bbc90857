package io.github.wsspring.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BeanKindTests {

	@Test
	void packagePrivateAndPrivateMethodsAreCalled() throws Exception {
		FakeSession session = Harness.of(Hidden.class).connect("/hidden");
		assertThat(session.ask("hi")).containsExactly("private hi");
	}

	@Test
	void genericSuperclassesAreResolved() throws Exception {
		FakeSession session = Harness.of(Numbers.class).connect("/numbers");
		assertThat(session.ask("[1,2]")).containsExactly("[2,3]");
		session = Harness.of(Words.class).connect("/words");
		assertThat(session.ask("[1,2]")).containsExactly("[1,2]!");
	}

	@Test
	void anOverriddenMethodKeepsItsAnnotation() throws Exception {
		FakeSession session = Harness.of(Overriding.class).connect("/overriding");
		assertThat(session.ask("hi")).containsExactly("sub hi");
	}

	@Test
	void defaultMethodsOfInterfacesAreHandlers() throws Exception {
		FakeSession session = Harness.of(FromInterface.class).connect("/interface");
		assertThat(session.ask("hi")).containsExactly("default hi");
	}

	@Test
	void theAnnotationMayBeInherited() throws Exception {
		FakeSession session = Harness.of(MetaAnnotated.class).connect("/meta");
		assertThat(session.ask("hi")).containsExactly("hi");
	}

	@Test
	void theAnnotationMayBeThatOfAnInterface() throws Exception {
		FakeSession session = Harness.of(OfAnnotatedInterface.class).connect("/annotated-interface");
		assertThat(session.ask("hi")).containsExactly("hi");
	}

	@Test
	void anEndpointMayBeARecord() throws Exception {
		FakeSession session = Harness.of(Recorded.class).connect("/recorded");
		assertThat(session.ask("hi")).containsExactly("recorded hi");
	}

	@Test
	void beanMethodsAreFound() throws Exception {
		FakeSession session = Harness.of(BeanMethod.class).connect("/hidden");
		assertThat(session.ask("hi")).containsExactly("private hi");
	}

	@Test
	void beanMethodsThatHideTheTypeAreFound() throws Exception {
		FakeSession session = Harness.of(HidingBeanMethod.class).connect("/hidden");
		assertThat(session.ask("hi")).containsExactly("private hi");
	}

	@Test
	void lazyBeansAreEndpointsToo() throws Exception {
		FakeSession session = Harness.of(LazyEndpoint.class).connect("/lazy");
		assertThat(session.ask("hi")).containsExactly("hi");
	}

	@Test
	void classBasedProxiesAreCalledThrough() throws Exception {
		Harness harness = Harness.of(ClassProxies.class, Advised.class);
		FakeSession session = harness.connect("/advised");
		assertThat(session.ask("hi")).containsExactly("advised me: hi");
		assertThat(harness.router.endpoints().get(0).beanType()).isEqualTo(Advised.class);
		assertThat(harness.router.endpoints().get(0).id()).isEqualTo("advised");
	}

	@Test
	void aPrivateMethodBehindAClassBasedProxyIsRefused() {
		assertThatExceptionOfType(InvalidEndpointException.class)
			.isThrownBy(() -> Harness.of(ClassProxies.class, Secret.class))
			.withMessage("Secret.secret(String) is private or final, and the bean 'beanKindTests.Secret' is behind a "
					+ "proxy, which can not pass the call on. Make the method neither private nor final; "
					+ "no modifier at all will do.");
	}

	@Test
	void interfaceProxiesAreCalledThroughTheInterface() throws Exception {
		FakeSession session = Harness.of(InterfaceProxies.class, Visible.class).connect("/visible");
		assertThat(session.ask("hi")).containsExactly("advised hi");
	}

	@Test
	void aMethodThatAnInterfaceProxyHidesIsRefused() {
		assertThatExceptionOfType(InvalidEndpointException.class)
			.isThrownBy(() -> Harness.of(InterfaceProxies.class, Invisible.class))
			.satisfies((ex) -> {
				assertThat(ex.getBeanName()).isEqualTo("beanKindTests.Invisible");
				assertThat(ex.getMethod()).isEqualTo("Invisible.message(String)");
				assertThat(ex.getDescription())
					.startsWith("Invisible.message(String) can not be called: the bean 'beanKindTests.Invisible' is "
							+ "behind a JDK proxy that has only the methods of Marker");
				assertThat(ex.getAction()).startsWith("Set spring.aop.proxy-target-class=true");
			});
	}

	@Test
	void scopedProxiesAreCalledThrough() throws Exception {
		Harness harness = Harness.of(Scoped.class);
		FakeSession session = harness.connect("/scoped");
		assertThat(session.ask("hi")).containsExactly("1 hi");
		assertThat(session.ask("hi")).containsExactly("1 hi");
		assertThat(harness.router.endpoints()).hasSize(1);
		assertThat(harness.router.endpoints().get(0).beanType()).isEqualTo(Scoped.class);
	}

	@Test
	void otherScopesAreRefused() {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Harness.of(Prototype.class))
			.satisfies((ex) -> {
				assertThat(ex.getDescription()).isEqualTo("The endpoint 'beanKindTests.Prototype' ("
						+ Prototype.class.getName() + ") is not a singleton, but one bean serves all sessions.");
				assertThat(ex.getAction()).startsWith("Remove its @Scope");
			});
	}

	@WsEndpoint("/hidden")
	private static final class Hidden {

		@OnMessage
		private String hidden(String text) {
			return "private " + text;
		}

	}

	abstract static class Mapping<T, R> {

		@OnMessage
		R map(T in) {
			return apply(in);
		}

		abstract R apply(T in);

	}

	@WsEndpoint("/numbers")
	static class Numbers extends Mapping<List<Integer>, List<Integer>> {

		@Override
		List<Integer> apply(List<Integer> in) {
			return in.stream().map((number) -> number + 1).toList();
		}

	}

	@WsEndpoint("/words")
	static class Words extends Mapping<String, String> {

		@Override
		String apply(String in) {
			return in + "!";
		}

	}

	static class Base {

		@OnMessage
		String message(String text) {
			return "base " + text;
		}

	}

	@WsEndpoint("/overriding")
	static class Overriding extends Base {

		@Override
		String message(String text) {
			return "sub " + text;
		}

	}

	interface Defaults {

		@OnMessage
		default String message(String text) {
			return "default " + text;
		}

	}

	@WsEndpoint("/interface")
	static class FromInterface implements Defaults {

	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@WsEndpoint
	@interface ChatEndpoint {

		@AliasFor(annotation = WsEndpoint.class, attribute = "path")
		String at();

	}

	@ChatEndpoint(at = "/meta")
	static class MetaAnnotated {

		@OnMessage
		String message(String text) {
			return text;
		}

	}

	@WsEndpoint("/annotated-interface")
	interface AnnotatedInterface {

		@OnMessage
		String message(String text);

	}

	static class OfAnnotatedInterface implements AnnotatedInterface {

		@Override
		public String message(String text) {
			return text;
		}

	}

	@WsEndpoint("/recorded")
	record Recorded() {

		@OnMessage
		String message(String text) {
			return "recorded " + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethod {

		@Bean
		Hidden hidden() {
			return new Hidden();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HidingBeanMethod {

		@Bean
		Object hidden() {
			return new Hidden();
		}

	}

	@Lazy
	@WsEndpoint("/lazy")
	static class LazyEndpoint {

		@OnMessage
		String message(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Advice {

		@Bean
		static MethodInterceptor advice() {
			return (invocation) -> "advised " + invocation.proceed();
		}

		static BeanNameAutoProxyCreator proxies(boolean classBased) {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("beanKindTests.*");
			creator.setInterceptorNames("advice");
			creator.setProxyTargetClass(classBased);
			return creator;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Advice.class)
	static class ClassProxies {

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			return Advice.proxies(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Advice.class)
	static class InterfaceProxies {

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			return Advice.proxies(false);
		}

	}

	@WsEndpoint("/advised")
	static class Advised {

		private final String me = "me";

		@OnMessage
		String message(String text) {
			return this.me + ": " + text;
		}

	}

	@WsEndpoint("/secret")
	static class Secret {

		@OnMessage
		private String secret(String text) {
			return text;
		}

	}

	interface VisibleMethods {

		String message(String text);

	}

	@WsEndpoint("/visible")
	static class Visible implements VisibleMethods {

		@Override
		@OnMessage
		public String message(String text) {
			return text;
		}

	}

	interface Marker {

		void mark();

	}

	@WsEndpoint("/invisible")
	static class Invisible implements Marker {

		@OnMessage
		String message(String text) {
			return text;
		}

		@Override
		public void mark() {
		}

	}

	@Scope(scopeName = "singleton", proxyMode = ScopedProxyMode.TARGET_CLASS)
	@WsEndpoint("/scoped")
	static class Scoped {

		private final int number = 1;

		@OnMessage
		String message(String text) {
			return this.number + " " + text;
		}

	}

	@Scope("prototype")
	@WsEndpoint("/prototype")
	static class Prototype {

		@OnMessage
		void message(String text) {
		}

	}

}
