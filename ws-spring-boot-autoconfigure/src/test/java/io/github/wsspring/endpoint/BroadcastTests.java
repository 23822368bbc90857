package io.github.wsspring.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;
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
			.isEqualTo(Rejected.of(401, "This endpoint needs to know its user").with("WWW-Authenticate", "Bearer"));
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
	void theMessageSaysWhereTheReturnValueGoes() throws Exception {
		Harness harness = Harness.of(Post.class);
		FakeSession session = harness.connect("/post/7");
		for (String topic : List.of("7/room:1", "7/bean:2", "7/map:3", "7/deep:4", "7/sealed:5", "7/late:6")) {
			session.ws().join(topic);
		}
		assertThat(session.ask("{\"type\":\"record\",\"room\":\"1\"}")).containsExactly("record");
		assertThat(session.ask("{\"type\":\"record\",\"room\":\"2\"}")).isEmpty();
		assertThat(session.ask("{\"type\":\"bean\",\"room\":2}")).containsExactly("bean");
		assertThat(session.ask("{\"type\":\"map\",\"room\":3}")).containsExactly("map");
		assertThat(session.ask("{\"type\":\"deep\",\"to\":{\"room\":\"4\"}}")).containsExactly("deep");
		assertThat(session.ask("{\"type\":\"letter\",\"room\":\"5\"}")).containsExactly("sealed");
		assertThat(session.ask("{\"type\":\"late\",\"room\":\"6\"}")).containsExactly("late");
	}

	@Test
	void aMessageThatDoesNotSayWhereIsAnErrorBeforeAnythingHappens() throws Exception {
		Harness harness = Harness.of(Post.class);
		FakeSession session = harness.connect("/post/7");
		String error = "{\"type\":\"error\",\"error\":\"invalid\",\"detail\":\"The member '%1$s' says where the message goes\",\"fields\":[{\"field\":\"%1$s\",\"message\":\"must not be null\"}]}";
		assertThat(session.ask("{\"type\":\"record\"}")).containsExactly(error.formatted("room"));
		assertThat(session.ask("{\"type\":\"map\"}")).containsExactly(error.formatted("room"));
		assertThat(session.ask("{\"type\":\"deep\"}")).containsExactly(error.formatted("to.room"));
		assertThat(session.ask("{\"type\":\"deep\",\"to\":{}}")).containsExactly(error.formatted("to.room"));
		assertThat(harness.bean(Post.class).calls).isZero();
		assertThat(harness.broadcasts).isEmpty();
	}

	@Test
	void whatMessagesSayIsNeverInterpreted() throws Exception {
		FakeSession session = Harness.of(Post.class).connect("/post/7");
		String room = "#{T(java.lang.Runtime)}{room}${user.home}";
		session.ws().join("7/room:" + room);
		assertThat(session.ask("{\"type\":\"record\",\"room\":\"" + room + "\"}")).containsExactly("record");
	}

	@Test
	void anAttributeSaysWhereTheReturnValueGoes() throws Exception {
		FakeSession session = Harness.of(Post.class).connect("/post/7");
		assertThat(session.ask("{\"type\":\"attribute\",\"id\":1}")).containsExactly(
				"{\"type\":\"error\",\"id\":1,\"error\":\"no-topic\",\"detail\":\"The session has no 'room' yet\"}");
		session.ws().join("7/room:9");
		assertThat(session.ask("{\"type\":\"move\",\"room\":\"9\"}")).containsExactly("moved");
		assertThat(session.ask("{\"type\":\"attribute\"}")).containsExactly("attribute");
	}

	@Test
	void aTopicWithoutMembersCostsNothing() throws Exception {
		Harness harness = Harness.with(Map.of("topic", "news"), Configured.class);
		harness.connect("/configured").text("x");
		assertThat(harness.broadcasts).isEmpty();
	}

	record Say(String text) {

	}

	record ToRoom(@Nullable String room) {

	}

	record Parcel(@Nullable ToRoom to) {

	}

	sealed interface Mail {

		String room();

	}

	record Letter(String room) implements Mail {

	}

	static class RoomBean {

		private int room;

		public int getRoom() {
			return this.room;
		}

		public void setRoom(int room) {
			this.room = room;
		}

	}

	@WsEndpoint("/post/{office}")
	static class Post {

		private int calls;

		private String called(String by) {
			this.calls++;
			return by;
		}

		@OnMessage("record")
		@Broadcast(to = "{office}/room:{payload.room}")
		String toRecord(ToRoom in) {
			return called("record");
		}

		@OnMessage("bean")
		@Broadcast(to = "{office}/bean:{payload.room}")
		String toBean(RoomBean in) {
			return called("bean");
		}

		@OnMessage("map")
		@Broadcast(to = "{office}/map:{payload.room}")
		String toMap(Map<String, Object> in) {
			return called("map");
		}

		@OnMessage("deep")
		@Broadcast(to = "{office}/deep:{payload.to.room}")
		String deep(Parcel in) {
			return called("deep");
		}

		@OnMessage
		@Broadcast(to = "{office}/sealed:{payload.room}")
		String sealed(Mail in) {
			return called("sealed");
		}

		@OnMessage("late")
		@Broadcast(to = "{office}/late:{payload.room}")
		CompletableFuture<String> late(ToRoom in) {
			return CompletableFuture.completedFuture(called("late"));
		}

		@OnMessage("attribute")
		@Broadcast(to = "{office}/room:{session.room}")
		String attribute() {
			return called("attribute");
		}

		@OnMessage("move")
		@Broadcast(to = "{office}/room:{session.room}")
		String move(ToRoom in, WsSession session) {
			session.attributes().put("room", String.valueOf(in.room()));
			return called("moved");
		}

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
