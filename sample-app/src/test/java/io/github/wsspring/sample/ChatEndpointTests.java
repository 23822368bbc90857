package io.github.wsspring.sample;

import java.util.UUID;

import io.github.wsspring.sample.ChatEndpoint.Refused;
import io.github.wsspring.sample.ChatEndpoint.Say;
import io.github.wsspring.test.WsEndpointTest;
import io.github.wsspring.test.WsTestClient;
import io.github.wsspring.test.WsTestSession;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@WsEndpointTest(ChatEndpoint.class)
@Import(ChatHistory.class)
class ChatEndpointTests {

	private final WsTestClient client;

	ChatEndpointTests(@Autowired WsTestClient client) {
		this.client = client;
	}

	@Test
	void everybodyInTheRoomHearsWhatIsSaidOnce() {
		try (WsTestSession alice = this.client.as("alice").connect("/rooms/lobby")) {
			alice.expectJson("{'type':'welcome','you':'alice','present':['alice'],'lines':[]}");
			try (WsTestSession bob = this.client.as("bob").connect("/rooms/lobby")) {
				bob.expectJson("{'type':'welcome','you':'bob','present':['alice','bob'],'lines':[]}");
				alice.expectJson("{'type':'joined','name':'bob'}");
				Say line = new Say(UUID.randomUUID(), "hi");
				alice.send("say", line).expectJson("{'type':'said','from':'alice','text':'hi'}");
				bob.expectJson("{'type':'said','from':'alice','text':'hi'}");
				alice.send("say", line).expectNothing();
				bob.expectNothing();
			}
			alice.expectJson("{'type':'left','name':'bob'}");
		}
	}

	@Test
	void linesThatAreEmptyAreRefused() {
		try (WsTestSession alice = this.client.as("alice").connect("/rooms/quiet")) {
			alice.expectJson("{'type':'welcome'}");
			Say line = new Say(UUID.randomUUID(), " ");
			assertThat(alice.send("say", line).expect("refused", Refused.class).line()).isEqualTo(line.line());
		}
	}

	@Test
	void nobodyComesInWithoutAToken() {
		this.client.connect("/rooms/lobby").expectClose(4401);
	}

}
