package io.github.wsspring.endpoint;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.web.bind.annotation.PathVariable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TopicMethodTests {

	private final Harness harness = Harness.with(Map.of("prefix", "room"), Rooms.class);

	private final Rooms rooms = this.harness.bean(Rooms.class);

	@Test
	void aMethodIsToldInTurnWhoHasJoined() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		assertThat(session.ws().join("room:7")).isTrue();
		assertThat(this.rooms.events).isEmpty();
		session.turn();
		assertThat(this.rooms.events).containsExactly("join 7 room:7 main alice s1", "any room:7");
		assertThat(session.sent).containsExactly("welcome to 7");
		session.ws().join("lobby");
		session.turn();
		assertThat(this.rooms.events).endsWith("any lobby").hasSize(3);
	}

	@Test
	void joiningTwiceIsToldOnce() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		session.ws().join("lobby");
		assertThat(session.ws().join("lobby")).isFalse();
		session.turn();
		assertThat(this.rooms.events).containsExactly("any lobby");
	}

	@Test
	void aMethodIsToldWhoHasLeft() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		session.ws().join("room:7");
		session.turn();
		this.rooms.events.clear();
		assertThat(session.ws().leave("room:7")).isTrue();
		assertThat(session.ws().leave("room:7")).isFalse();
		session.turn();
		assertThat(this.rooms.events).containsExactly("leave 7");
	}

	@Test
	void theEndOfASessionLeavesAllTopicsBeforeItsClose() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		session.ws().join("room:7");
		session.ws().join("lobby");
		session.ws().join("room:8");
		session.turn();
		this.rooms.events.clear();
		session.endpoint().handler().onClose(session, CloseStatus.NORMAL);
		assertThat(this.rooms.events).containsExactly("leave 7", "leave 8", "close");
		session.turn();
		assertThat(this.rooms.events).hasSize(3);
	}

	@Test
	void whoHasLeftBeforeItsTurnWasNeverThere() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		session.ws().join("room:7");
		session.ws().leave("room:7");
		session.turn();
		assertThat(this.rooms.events).isEmpty();
		session.ws().join("room:8");
		session.endpoint().handler().onClose(session, CloseStatus.NORMAL);
		session.turn();
		assertThat(this.rooms.events).containsExactly("close");
	}

	@Test
	void aMethodThatFailsDoesNotKeepTheCloseMethodFromBeingCalled() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		session.ws().join("room:13");
		session.turn();
		assertThatIllegalStateException()
			.isThrownBy(() -> session.endpoint().handler().onClose(session, CloseStatus.NORMAL));
		assertThat(this.rooms.events).endsWith("close");
	}

	@Test
	void aMethodThatReturnsBooleanDecidesAtOnce() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		assertThat(session.ws().join("room:666")).isFalse();
		assertThat(session.ws().topics()).isEmpty();
		session.turn();
		assertThat(this.rooms.events).isEmpty();
		assertThat(this.harness.connect("/rooms/main", "satan").ws().join("room:666")).isTrue();
	}

	@Test
	void aFailedDecisionIsANo() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> session.ws().join("room:0"));
		assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> session.ws().join("room:x"))
			.withMessage("The 'id' of the topic cannot be read as int");
		assertThat(session.ws().topics()).isEmpty();
	}

	@Test
	void aMemberIsNotAskedForAgain() throws Exception {
		FakeSession session = this.harness.connect("/rooms/main", "alice");
		session.ws().join("room:7");
		int decisions = this.rooms.decisions;
		session.ws().join("room:7");
		assertThat(this.rooms.decisions).isEqualTo(decisions);
	}

	@Test
	void whatAMethodReturnsIsBroadcast() throws Exception {
		Harness harness = Harness.of(Telling.class);
		FakeSession bob = harness.connect("/telling", "bob");
		bob.ws().join("all");
		bob.turn();
		FakeSession alice = harness.connect("/telling", "alice");
		alice.ws().join("all");
		alice.turn();
		assertThat(bob.sent).containsExactly("bob is here", "alice is here");
		assertThat(alice.sent).containsExactly("alice is here");
	}

	@Test
	void endpointsWithoutSuchMethodsAreNotCalled() throws Exception {
		FakeSession session = Harness.of(Plain.class).connect("/plain");
		assertThat(session.ws().join("all")).isTrue();
		assertThat(session.calls).isEmpty();
	}

	@Test
	void patternsMatchUpToTheNextCharacter() {
		assertThat(variables("room:{room}", "room:a:b")).isEqualTo(Map.of("room", "a:b"));
		assertThat(variables("{kind}:{id}", "room:a:b")).isEqualTo(Map.of("kind", "room", "id", "a:b"));
		assertThat(variables("game/{id}/chat", "game/1/chat")).isEqualTo(Map.of("id", "1"));
		assertThat(variables("game/{id}/chat", "game/1/2/chat")).isNull();
		assertThat(variables("game/{id}/chat", "game//chat")).isNull();
		assertThat(variables("room:{room}", "room:")).isNull();
		assertThat(variables("room.{room}", "roomx1")).isNull();
		assertThat(variables("a^{x}^{y}", "a^1^2")).isEqualTo(Map.of("x", "1", "y", "2"));
		assertThat(variables("lobby", "lobby")).isEmpty();
		assertThat(variables("lobby", "lobby2")).isNull();
		assertThat(variables("", "any\nthing")).isEmpty();
		assertThat(variables("room:{room}", "room:\n")).isEqualTo(Map.of("room", "\n"));
	}

	@Test
	void aLongNameIsMatchedInLinearTime() {
		TopicPattern pattern = TopicPattern.parse("{a}:{b}:{c}:{d}-x");
		assertThat(pattern.match(":".repeat(1_000_000))).isNull();
		assertThat(pattern.match("a:".repeat(1_000_000))).isNull();
	}

	@Test
	void patternsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.parse("a{b"))
			.withMessage("has a '{' without a '}'");
		assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.parse("{}"))
			.withMessage("has a variable without a name");
		assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.parse("{a}{b}"))
			.withMessage("has two variables with nothing in between");
		assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.parse("{a}:{a}"))
			.withMessage("has two variables with the name 'a'");
	}

	private static @Nullable Map<String, String> variables(String template, String topic) {
		TopicPattern.Match match = TopicPattern.parse(template).match(topic);
		return (match != null) ? match.variables() : null;
	}

	@WsEndpoint("/rooms/{house}")
	static class Rooms {

		final List<String> events = new ArrayList<>();

		int decisions;

		@OnJoin("${prefix}:{id}")
		boolean mayJoin(@PathVariable int id, Principal user) {
			this.decisions++;
			if (id == 0) {
				throw new UnsupportedOperationException();
			}
			return id != 666 || user.getName().equals("satan");
		}

		@OnJoin("${prefix}:{id}")
		String joined(@PathVariable("id") int number, String topic, @PathVariable String house, Principal user,
				WsSession session) {
			this.events.add("join " + number + " " + topic + " " + house + " " + user.getName() + " " + session.id());
			return "welcome to " + number;
		}

		@OnJoin
		void joinedAny(String topic) {
			this.events.add("any " + topic);
		}

		@OnLeave("room:{id}")
		void left(@PathVariable int id) {
			if (id == 13) {
				throw new IllegalStateException("unlucky");
			}
			this.events.add("leave " + id);
		}

		@OnClose
		void close() {
			this.events.add("close");
		}

	}

	@WsEndpoint("/telling")
	static class Telling {

		@OnJoin("all")
		@Broadcast(to = "all")
		String joined(Principal user) {
			return user.getName() + " is here";
		}

	}

	@WsEndpoint("/plain")
	static class Plain {

		@OnMessage
		void message(String text) {
		}

	}

}
