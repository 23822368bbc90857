package io.github.wsspring.endpoint;

import java.util.List;
import java.util.Map;

import io.github.wsspring.endpoint.EndpointRouter.EndpointInfo;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointScannerTests {

	@Test
	void anEndpointHasTheServersSettingsUnlessItSaysOtherwise() {
		Endpoint endpoint = Harness.of(ChatRoom.class).route("/chat").endpoint();
		assertThat(endpoint.id()).isEqualTo("chat-room");
		assertThat(endpoint.executor()).isNotNull();
		assertThat(endpoint.subprotocols()).isEmpty();
		assertThat(endpoint.origins()).isEqualTo(OriginPolicy.SAME_HOST);
		assertThat(endpoint.options()).isEqualTo(SessionOptions.DEFAULTS);
	}

	@Test
	void anEndpointSaysOtherwise() {
		Endpoint endpoint = Harness.with(Map.of("chat.path", "/x", "chat.id", "talk", "chat.protocol", "v2, v1",
				"chat.origins", "https://a.example,https://b.example"), Configured.class)
			.route("/x")
			.endpoint();
		assertThat(endpoint.id()).isEqualTo("talk");
		assertThat(endpoint.executor()).isNull();
		assertThat(endpoint.subprotocols()).containsExactly("v2", "v1", "v0");
		assertThat(endpoint.origins())
			.isEqualTo(OriginPolicy.listed(List.of("https://a.example", "https://b.example")));
	}

	@Test
	void aStarAloneAllowsAllOrigins() {
		Endpoint endpoint = Harness.of(Open.class).route("/open").endpoint();
		assertThat(endpoint.origins()).isEqualTo(OriginPolicy.ANY);
	}

	@Test
	void thePathIsNotTheNameOfTheBean() {
		// Spring takes the attribute "value" of a stereotype for a bean name, unless it
		// is an alias.
		new ApplicationContextRunner().withUserConfiguration(Scanned.class)
			.run((context) -> assertThat(context).getBeanNames(io.github.wsspring.endpoint.scanned.Found.class)
				.containsExactly("found"));
	}

	@Test
	void endpointsAreListedMostSpecificFirst() {
		Harness harness = Harness.of(Any.class, ChatRoom.class);
		assertThat(harness.router.endpoints()).containsExactly(new EndpointInfo("chat-room", "/chat", ChatRoom.class),
				new EndpointInfo("any", "/{any}", Any.class));
	}

	@Test
	void withoutEndpointsThereIsNowhereToGo() {
		assertThat(Harness.of().router.endpoints()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Echo,echo", "ChatRoom,chat-room", "URLShortener,url-shortener", "V2Chat,v2-chat" })
	void theDefaultIdIsTheClassNameWithDashes(String name, String id) throws ClassNotFoundException {
		Class<?> type = Class.forName(EndpointScannerTests.class.getName() + "$" + name);
		assertThat(EndpointScanner.defaultId(type)).isEqualTo(id);
	}

	static class Opening {

		@OnOpen
		void open() {
		}

	}

	@WsEndpoint("/chat")
	static class ChatRoom extends Opening {

	}

	@WsEndpoint("/{any}")
	static class Any extends Opening {

	}

	@WsEndpoint(path = "${chat.path}", id = "${chat.id}", subprotocols = { "${chat.protocol}", "v0" },
			allowedOrigins = "${chat.origins}", execution = Execution.EVENT_LOOP)
	static class Configured extends Opening {

	}

	@WsEndpoint(path = "/open", allowedOrigins = "*")
	static class Open extends Opening {

	}

	static class Echo {

	}

	static class URLShortener {

	}

	static class V2Chat {

	}

	@Configuration(proxyBeanMethods = false)
	@org.springframework.context.annotation.ComponentScan(
			basePackageClasses = io.github.wsspring.endpoint.scanned.Found.class)
	static class Scanned {

	}

}
