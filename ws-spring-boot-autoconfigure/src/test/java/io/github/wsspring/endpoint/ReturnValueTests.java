package io.github.wsspring.endpoint;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReturnValueTests {

	@Test
	void whatIsNotTextOrBytesBecomesJson() throws Exception {
		FakeSession session = Harness.of(Replies.class).connect("/replies");
		assertThat(session.ask("{\"type\":\"record\"}")).containsExactly("{\"x\":1,\"y\":2}");
		assertThat(session.ask("{\"type\":\"map\"}")).containsExactly("{\"a\":[true]}");
		assertThat(session.ask("{\"type\":\"number\"}")).containsExactly("42");
		assertThat(session.lastWasText).isTrue();
	}

	@Test
	void voidAndNullSendNothing() throws Exception {
		FakeSession session = Harness.of(Replies.class).connect("/replies");
		assertThat(session.ask("{\"type\":\"nothing\"}")).isEmpty();
		assertThat(session.ask("{\"type\":\"null\"}")).isEmpty();
	}

	@Test
	void aCloseStatusCloses() throws Exception {
		FakeSession session = Harness.of(Replies.class).connect("/replies");
		session.text("{\"type\":\"bye\"}");
		assertThat(session.closed).isEqualTo(new CloseStatus(4000, "bye"));
		session = Harness.of(Replies.class).connect("/replies");
		session.text("{\"type\":\"objectBye\"}");
		assertThat(session.closed).isEqualTo(CloseStatus.NORMAL);
	}

	@Test
	void anObjectIsTreatedAsWhatItIs() throws Exception {
		FakeSession session = Harness.of(Replies.class).connect("/replies");
		assertThat(session.ask("{\"type\":\"object\"}")).containsExactly("text");
		assertThat(session.ask("{\"type\":\"objectLater\"}")).containsExactly("later");
	}

	@Test
	void aStageIsHandedToTheEngineAndItsValueSentWhenItIsThere() throws Exception {
		Harness harness = Harness.of(Later.class);
		FakeSession session = harness.connect("/later");
		CompletionStage<?> stage = session.text("x");
		assertThat(stage).isNotNull();
		assertThat(stage.toCompletableFuture()).isNotDone();
		assertThat(session.sent).isEmpty();
		harness.bean(Later.class).reply.complete("now");
		assertThat(stage.toCompletableFuture()).isCompleted();
		assertThat(session.sent).containsExactly("now");
	}

	@Test
	void aStageThatFailsFailsTheEnginesStageWithItsOwnException() throws Exception {
		Harness harness = Harness.of(Later.class);
		FakeSession session = harness.connect("/later");
		CompletionStage<?> stage = session.text("x");
		assertThat(stage).isNotNull();
		harness.bean(Later.class).reply.completeExceptionally(new IllegalStateException("late"));
		assertThatThrownBy(() -> stage.toCompletableFuture().join()).hasRootCauseInstanceOf(IllegalStateException.class)
			.hasRootCauseMessage("late");
	}

	@Test
	void aStageMayBringNothingOrACloseStatus() throws Exception {
		FakeSession session = Harness.of(LaterStatus.class).connect("/later");
		session.text("stay");
		assertThat(session.closed).isNull();
		session.text("go");
		assertThat(session.closed).isEqualTo(CloseStatus.NORMAL);
		assertThat(session.sent).isEmpty();
	}

	@Test
	void withoutAStageTheEngineNeedNotWait() throws Exception {
		FakeSession session = Harness.of(Replies.class).connect("/replies");
		assertThat(session.text("{\"type\":\"number\"}")).isNull();
	}

	@Test
	void openAndPongMethodsMayReplyToo() throws Exception {
		FakeSession session = Harness.of(Greeter.class).connect("/greeter");
		session.endpoint().handler().onPong(session, new byte[0]);
		assertThat(session.sent).containsExactly("welcome", "pong");
	}

	record Point(int x, int y) {

	}

	@WsEndpoint("/replies")
	static class Replies {

		@OnMessage("record")
		Point point() {
			return new Point(1, 2);
		}

		@OnMessage("map")
		Map<String, List<Boolean>> map() {
			return Map.of("a", List.of(true));
		}

		@OnMessage("number")
		int number() {
			return 42;
		}

		@OnMessage("nothing")
		void nothing() {
		}

		@OnMessage("null")
		@Nullable String nothingAtAll() {
			return null;
		}

		@OnMessage("bye")
		CloseStatus bye() {
			return new CloseStatus(4000, "bye");
		}

		@OnMessage("object")
		Object object() {
			return "text";
		}

		@OnMessage("objectLater")
		Object objectLater() {
			return CompletableFuture.completedFuture("later");
		}

		@OnMessage("objectBye")
		Object objectBye() {
			return CloseStatus.NORMAL;
		}

	}

	@WsEndpoint("/later")
	static class Later {

		final CompletableFuture<String> reply = new CompletableFuture<>();

		@OnMessage
		CompletableFuture<String> later(String text) {
			return this.reply;
		}

	}

	@WsEndpoint("/later")
	static class LaterStatus {

		@OnMessage
		CompletionStage<@Nullable CloseStatus> later(String text) {
			return CompletableFuture.completedFuture(text.equals("go") ? CloseStatus.NORMAL : null);
		}

	}

	@WsEndpoint("/greeter")
	static class Greeter {

		@OnOpen
		String open() {
			return "welcome";
		}

		@OnPong
		String pong() {
			return "pong";
		}

	}

}
