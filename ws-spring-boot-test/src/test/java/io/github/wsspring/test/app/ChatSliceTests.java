package io.github.wsspring.test.app;

import io.github.wsspring.context.WsServerLifecycle;
import io.github.wsspring.server.WsServer;
import io.github.wsspring.test.WsEndpointTest;
import io.github.wsspring.test.WsTestClient;
import io.github.wsspring.test.WsTestSession;
import io.github.wsspring.test.app.Chat.Said;
import io.github.wsspring.test.app.Chat.Say;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A slice with one endpoint.
 */
@WsEndpointTest(Chat.class)
@Timeout(30)
class ChatSliceTests {

	private final WsTestClient client;

	ChatSliceTests(@Autowired WsTestClient client) {
		this.client = client;
	}

	@Test
	void whatIsSaidIsHeardByTheOthersInTheRoom() {
		try (WsTestSession alice = this.client.as("alice").connect("/rooms/1");
				WsTestSession bob = this.client.as("bob").connect("/rooms/1");
				WsTestSession carol = this.client.token("carols-token").connect("/rooms/2")) {
			bob.expectNothing();
			alice.send("say", new Say("hi"));
			assertThat(bob.expect("said", Said.class)).isEqualTo(new Said("alice", "hi"));
			alice.expectNothing();
			carol.expectNothing();
		}
	}

	@Test
	void constraintsAreChecked(@Autowired WsTestClient injected) {
		try (WsTestSession alice = injected.as("alice").connect("/rooms/1")) {
			alice.send("say", new Say(" "))
				.expectJson("{'type':'error','error':'invalid','fields':[{'field':'text'}]}");
		}
	}

	@Test
	void limitsOfTheEndpointHold() {
		try (WsTestSession alice = this.client.as("alice").connect("/rooms/1")) {
			alice.send("x".repeat(1025)).expectClose(1009);
		}
	}

	@Test
	void noPortIsOpen(@Autowired ApplicationContext context) {
		assertThat(context.getEnvironment().containsProperty("local.ws.port")).isFalse();
		WsServer server = context.getBean(WsServerLifecycle.class).getServer();
		assertThat(server).isNotNull();
		assertThatIllegalStateException().isThrownBy(server::address);
	}

	@Test
	void onlyTheEndpointAndWhatEndpointsNeedAreBeans(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(Chat.class)).hasSize(1);
		assertThat(context.getBeanNamesForType(Apologies.class)).hasSize(1);
		assertThat(context.getBeanNamesForType(Desk.class)).isEmpty();
		assertThat(context.getBeanNamesForType(Clerk.class)).isEmpty();
	}

}
