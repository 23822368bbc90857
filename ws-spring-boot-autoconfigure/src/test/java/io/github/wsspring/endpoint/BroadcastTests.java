package io.github.wsspring.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.protocol.CloseStatus;
import org.junit.jupiter.api.Test;

import org.springframework.web.bind.annotation.PathVariable;

import static org.assertj.core.api.Assertions.assertThat;

class BroadcastTests {

	@Test
	void theReturnValueGoesToTheTopicOfThePathVariable() throws Exception {
		Harness harness = Harness.of(Chat.class);
		FakeSession alice = harness.connect("/rooms/1", "alice");
		FakeSession bob = harness.connect("/rooms/1", "bob");
		FakeSession carol = harness.connect("/rooms/2", "carol");
		alice.text("{\"type\":\"say\",\"text\":\"hi\"}");
		assertThat(bob.sent).containsExactly("{\"type\":\"said\",\"from\":\"alice\",\"text\":\"hi\"}");
		assertThat(alice.sent).isEmpty();
		assertThat(carol.sent).isEmpty();
	}

	@Test
	void aMessageIsEncodedOnceForAll() throws Exception {
		Harness harness = Harness.of(Chat.class);
		FakeSession alice = harness.connect("/rooms/1", "alice");
		harness.connect("/rooms/1", "bob");
		harness.connect("/rooms/1", "carol");
		alice.text("{\"type\":\"say\",\"text\":\"hi\"}");
		assertThat(harness.broadcasts).hasSize(1);
	}

	@Test
	void theSenderGetsItTooUnlessLeftOut() throws Exception {
		Harness harness = Harness.of(Chat.class);
		FakeSession alice = harness.connect("/rooms/1", "alice");
		assertThat(alice.ask("{\"type\":\"all\"}")).containsExactly("hello");
	}

	@Test
	void userStandsForTheNameOfThePrincipal() throws Exception {
		Harness harness = Harness.of(Mirror.class);
		FakeSession first = harness.connect("/mirror", "alice");
		FakeSession second = harness.connect("/mirror", "alice");
		FakeSession other = harness.connect("/mirror", "bob");
		first.text("x");
		assertThat(first.sent).containsExactly("{\"type\":\"mirror\",\"data\":\"x\"}");
		assertThat(second.sent).containsExactly("{\"type\":\"mirror\",\"data\":\"x\"}");
		assertThat(other.sent).isEmpty();
	}

	@Test
	void anonymousClientsAreRefusedWhereTheUserIsNeeded() throws Exception {
		assertThat(Harness.of(Mirror.class).handshake("/mirror", null).rejection())
			.isEqualTo(Rejected.of(401, "This endpoint needs to know its user"));
	}

	@Test
	void valuesThatAreNoObjectsAreWrapped() throws Exception {
		Harness harness = Harness.of(Wrapping.class);
		FakeSession session = harness.connect("/wrapping");
		assertThat(session.ask("{\"type\":\"list\"}")).containsExactly("{\"type\":\"it\",\"data\":[1,2]}");
		assertThat(session.ask("{\"type\":\"number\"}")).containsExactly("{\"type\":\"it\",\"data\":7}");
		assertThat(session.ask("{\"type\":\"empty\"}")).containsExactly("{\"type\":\"it\"}");
		assertThat(session.ask("{\"type\":\"own\"}")).containsExactly("{\"type\":\"it\",\"a\":1}");
	}

	@Test
	void aStageIsBroadcastWhenItIsThere() throws Exception {
		Harness harness = Harness.of(LateChat.class);
		FakeSession session = harness.connect("/late");
		session.text("x");
		assertThat(session.sent).isEmpty();
		harness.bean(LateChat.class).reply.complete("now");
		assertThat(session.sent).containsExactly("now");
	}

	@Test
	void aCloseCanBeToldToOthers() throws Exception {
		Harness harness = Harness.of(Chat.class);
		FakeSession alice = harness.connect("/rooms/1", "alice");
		FakeSession bob = harness.connect("/rooms/1", "bob");
		alice.ws().leave("room:1");
		alice.endpoint().handler().onClose(alice, CloseStatus.NORMAL);
		assertThat(bob.sent).containsExactly("{\"type\":\"left\",\"data\":\"alice\"}");
	}

	@Test
	void propertiesAreResolvedInTheTopic() throws Exception {
		Harness harness = Harness.with(Map.of("topic", "news"), Configured.class);
		FakeSession session = harness.connect("/configured");
		session.ws().join("news");
		assertThat(session.ask("x")).containsExactly("x");
	}

	@Test
	void aTopicWithoutMembersCostsNothing() throws Exception {
		Harness harness = Harness.with(Map.of("topic", "news"), Configured.class);
		harness.connect("/configured").text("x");
		assertThat(harness.broadcasts).isEmpty();
	}

	record Say(String text) {

	}

	record Said(String from, String text) {

	}

	@WsEndpoint("/rooms/{room}")
	static class Chat {

		@OnOpen
		void open(WsSession session, @PathVariable String room) {
			session.join("room:" + room);
		}

		@OnMessage("say")
		@Broadcast(to = "room:{room}", type = "said", exceptSender = true)
		Said say(Say in, Principal me) {
			return new Said(me.getName(), in.text());
		}

		@OnMessage("all")
		@Broadcast(to = "room:{room}")
		String all() {
			return "hello";
		}

		@OnClose
		@Broadcast(to = "room:{room}", type = "left")
		String close(Principal me) {
			return me.getName();
		}

	}

	@WsEndpoint("/mirror")
	static class Mirror {

		@OnOpen
		void open(WsSession session, Principal me) {
			session.join("user:" + me.getName());
		}

		@OnMessage
		@Broadcast(to = "user:{user}", type = "mirror")
		String mirror(String text) {
			return text;
		}

	}

	@WsEndpoint("/wrapping")
	static class Wrapping {

		@OnOpen
		void open(WsSession session) {
			session.join("t");
		}

		@OnMessage("list")
		@Broadcast(to = "t", type = "it")
		List<Integer> list() {
			return List.of(1, 2);
		}

		@OnMessage("number")
		@Broadcast(to = "t", type = "it")
		int number() {
			return 7;
		}

		@OnMessage("empty")
		@Broadcast(to = "t", type = "it")
		Map<String, String> empty() {
			return Map.of();
		}

		@OnMessage("own")
		@Broadcast(to = "t", type = "it")
		Own own() {
			return new Own(1, "mine");
		}

	}

	record Own(int a, String type) {

	}

	@WsEndpoint("/late")
	static class LateChat {

		final CompletableFuture<String> reply = new CompletableFuture<>();

		@OnOpen
		void open(WsSession session) {
			session.join("t");
		}

		@OnMessage
		@Broadcast(to = "t")
		CompletableFuture<String> later(String text) {
			return this.reply;
		}

	}

	@WsEndpoint("/configured")
	static class Configured {

		@OnMessage
		@Broadcast(to = "${topic}")
		String message(String text) {
			return text;
		}

	}

}
