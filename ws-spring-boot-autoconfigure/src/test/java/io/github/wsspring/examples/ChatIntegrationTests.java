package io.github.wsspring.examples;

import io.github.wsspring.autoconfigure.WsAutoConfiguration;
import io.github.wsspring.context.LocalWsPort;
import io.github.wsspring.endpoint.WsTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the first examples of the design, with a real server and a real client.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "ws.server.port=0", "ws.server.address=127.0.0.1", "ws.server.event-loops=1",
				"ws.auth.required=true", "ws.auth.tokens[0].token=of-alice", "ws.auth.tokens[0].principal=alice",
				"ws.auth.tokens[1].token=of-bob", "ws.auth.tokens[1].principal=bob" })
@DirtiesContext // or its server would run beside the tests that follow
@Timeout(30)
class ChatIntegrationTests {

	@LocalWsPort
	private int port;

	@Autowired
	private WsTemplate template;

	@Test
	void anEchoComesBack() throws Exception {
		try (ChatClient alice = ChatClient.connect(this.port, "/echo", "of-alice")) {
			alice.send("hello");
			assertThat(alice.next()).isEqualTo("hello");
		}
	}

	@Test
	void whatOneSaysTheOthersInTheRoomReceive() throws Exception {
		try (ChatClient alice = ChatClient.connect(this.port, "/rooms/lobby", "of-alice");
				ChatClient bob = ChatClient.connect(this.port, "/rooms/lobby", "of-bob");
				ChatClient elsewhere = ChatClient.connect(this.port, "/rooms/cellar", "of-bob")) {
			awaitMembers("room:lobby", "alice", "bob");
			awaitMembers("room:cellar", "bob");
			alice.send("{\"type\":\"say\",\"text\":\"hi\"}");
			assertThat(bob.next()).isEqualTo("{\"type\":\"said\",\"from\":\"alice\",\"text\":\"hi\"}");
			// what the others receive next shows that nothing came before
			bob.send("{\"type\":\"say\",\"text\":\"hi yourself\"}");
			assertThat(alice.next()).isEqualTo("{\"type\":\"said\",\"from\":\"bob\",\"text\":\"hi yourself\"}");
			this.template.topic("room:cellar").send("empty");
			assertThat(elsewhere.next()).isEqualTo("empty");
		}
	}

	@Test
	void whatIsInvalidIsAnsweredToItsSender() throws Exception {
		try (ChatClient alice = ChatClient.connect(this.port, "/rooms/attic", "of-alice");
				ChatClient bob = ChatClient.connect(this.port, "/rooms/attic", "of-bob")) {
			awaitMembers("room:attic", "alice", "bob");
			alice.send("{\"type\":\"say\",\"text\":\" \"}");
			assertThat(alice.next()).startsWith("{\"type\":\"error\",\"error\":\"invalid\"")
				.contains("\"fields\":[{\"field\":\"text\",\"message\":\"must not be blank\"}]");
			alice.send("{\"type\":\"say\",\"text\":\"hi\"}");
			assertThat(bob.next()).isEqualTo("{\"type\":\"said\",\"from\":\"alice\",\"text\":\"hi\"}");
		}
	}

	private void awaitMembers(String topic, String... names) {
		await().untilAsserted(() -> assertThat(this.template.presence(topic)).containsExactly(names));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			WsAutoConfiguration.class })
	@Import({ Echo.class, Chat.class })
	static class Application {

	}

}
