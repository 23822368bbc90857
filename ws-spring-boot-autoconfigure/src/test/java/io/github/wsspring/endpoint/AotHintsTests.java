package io.github.wsspring.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.web.bind.annotation.PathVariable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

class AotHintsTests {

	@Test
	void theProcessorIsRegistered() {
		assertThat(AotServices.factories().load(BeanRegistrationAotProcessor.class))
			.hasAtLeastOneElementOfType(HandlerHintsAotProcessor.class);
	}

	@Test
	void handlerMethodsCanBeCalled() throws Exception {
		RuntimeHints hints = hints(Shop.class);
		for (String name : List.of("order", "orders", "raw", "joined")) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Shop.class, name)).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Base.class, "generic")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Shop.class, "helper")).rejects(hints);
	}

	@Test
	void payloadsCanBeReadAndWritten() throws Exception {
		RuntimeHints hints = hints(Shop.class);
		for (Class<?> type : List.of(Order.class, Item.class, Receipt.class, Status.class, Event.class, Paid.class,
				Sent.class, Parcel.class, Price.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getSimpleName()).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class, "items")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Plain.class)).rejects(hints);
		for (Class<?> type : List.of(WsSession.class, WsEnvelope.class, WsReply.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getSimpleName()).rejects(hints);
		}
	}

	@Test
	void otherBeansAreLeftAlone() {
		assertThat(new HandlerHintsAotProcessor().processAheadOfTime(bean(Plain.class))).isNull();
	}

	private static RuntimeHints hints(Class<?> type) {
		BeanRegistrationAotContribution contribution = new HandlerHintsAotProcessor().processAheadOfTime(bean(type));
		assertThat(contribution).isNotNull();
		RuntimeHints hints = new RuntimeHints();
		GenerationContext generation = mock(GenerationContext.class);
		doReturn(hints).when(generation).getRuntimeHints();
		contribution.applyTo(generation, mock(BeanRegistrationCode.class));
		return hints;
	}

	private static RegisteredBean bean(Class<?> type) {
		DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
		factory.registerBeanDefinition("bean", new RootBeanDefinition(type));
		return RegisteredBean.of(factory, "bean");
	}

	record Order(List<Item> items) {

	}

	record Item(String name) {

	}

	record Receipt(int number) {

	}

	record Status(String text) {

	}

	record Price(int amount) {

	}

	record Parcel(int weight) {

	}

	sealed interface Event {

	}

	record Paid(int amount) implements Event {

	}

	record Sent(String to) implements Event {

	}

	static class Plain {

	}

	abstract static class Base<T> {

		@OnMessage("generic")
		void generic(T payload) {
		}

	}

	@WsEndpoint("/shop/{id}")
	static class Shop extends Base<Parcel> {

		@OnMessage("order")
		CompletableFuture<Receipt> order(Order order, WsSession session, @PathVariable Plain id, Principal user) {
			return new CompletableFuture<>();
		}

		@OnMessage("orders")
		Flux<List<Status>> orders(Event event) {
			return Flux.empty();
		}

		@OnMessage("price")
		WsReply<Price> price(WsEnvelope envelope) {
			return WsReply.of(new Price(1));
		}

		@OnMessage
		void raw(byte[] data) {
		}

		@OnJoin
		void joined(String topic) {
		}

		void helper() {
		}

	}

}
