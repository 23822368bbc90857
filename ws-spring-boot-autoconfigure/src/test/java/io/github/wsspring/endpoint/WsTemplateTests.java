package io.github.wsspring.endpoint;

import java.util.Objects;

import io.github.wsspring.server.SendSummary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class WsTemplateTests {

	private final Harness harness = Harness.of(Chat.class, News.class);

	private final WsTemplate template = new WsTemplate(this.harness.registry, new MessageCodec(Harness.JSON, "type"));

	private FakeSession alice = mock(FakeSession.class);

	private FakeSession bob = mock(FakeSession.class);

	private FakeSession anonymous = mock(FakeSession.class);

	@BeforeEach
	void connect() throws Exception {
		this.alice = this.harness.connect("/chat", "alice");
		this.bob = this.harness.connect("/chat", "bob");
		this.anonymous = this.harness.connect("/news");
	}

	@Test
	void aTopicGetsOneMessageForAll() {
		join("t", this.alice, this.anonymous);
		assertThat(this.template.topic("t").send("said", 1)).isEqualTo(new SendSummary(2, 0, 0));
		assertThat(this.alice.sent).containsExactly("{\"type\":\"said\",\"data\":1}");
		assertThat(this.anonymous.sent).containsExactly("{\"type\":\"said\",\"data\":1}");
		assertThat(this.bob.sent).isEmpty();
		assertThat(this.harness.broadcasts).hasSize(1);
	}

	@Test
	void sessionsCanBeLeftOut() {
		join("t", this.alice, this.bob, this.anonymous);
		WsSession other = mock(WsSession.class);
		given(other.id()).willReturn(this.anonymous.id());
		assertThat(this.template.topic("t").except(this.alice.ws()).except(other).send("x"))
			.isEqualTo(new SendSummary(1, 0, 0));
		assertThat(this.bob.sent).containsExactly("x");
	}

	@Test
	void sessionsCanBeChosenByAnyCondition() {
		this.bob.ws().attributes().put("mood", "good");
		this.template.sessions((session) -> session.attributes().containsKey("mood")).send("hello");
		this.template.endpoint("chat")
			.matching((session) -> !session.attributes().containsKey("mood"))
			.send("cheer up");
		assertThat(this.alice.sent).containsExactly("cheer up");
		assertThat(this.bob.sent).containsExactly("hello");
		assertThat(this.anonymous.sent).isEmpty();
	}

	@Test
	void usersAndEndpointsAndAllCanBeReached() {
		this.template.user("bob").send("for bob");
		this.template.endpoint("chat").send("for chat");
		this.template.endpoint("chat").except(this.alice.ws()).send("for others");
		this.template.sessions().send("for all");
		assertThat(this.alice.sent).containsExactly("for chat", "for all");
		assertThat(this.bob.sent).containsExactly("for bob", "for chat", "for others", "for all");
		assertThat(this.anonymous.sent).containsExactly("for all");
	}

	@Test
	void whereNobodyIsNothingIsConverted() {
		Object unwritable = new Object() {
			@SuppressWarnings("unused")
			public String getFailure() {
				throw new IllegalStateException();
			}
		};
		assertThat(this.template.topic("empty").send(unwritable)).isEqualTo(SendSummary.NONE);
		assertThat(this.template.user("nobody").send("type", unwritable)).isEqualTo(SendSummary.NONE);
	}

	@Test
	void recipientsAreFoundWhenTheyAreUsed() {
		Recipients topic = this.template.topic("t");
		join("t", this.alice);
		assertThat(topic.list()).containsExactly(this.alice.ws());
	}

	@Test
	void presenceNamesEachUserOnce() throws Exception {
		FakeSession again = this.harness.connect("/chat", "alice");
		join("t", this.bob, this.alice, again, this.anonymous);
		assertThat(this.template.presence("t")).containsExactly("alice", "bob");
		assertThat(this.template.topic("t").list()).hasSize(4);
		assertThat(this.template.presence("empty")).isEmpty();
	}

	@Test
	void aSessionIsFoundById() {
		assertThat(this.template.session(this.bob.id())).isSameAs(this.bob.ws());
		assertThat(this.template.session("none")).isNull();
	}

	@Test
	void listsAreFiltered() {
		assertThat(this.template.endpoint("chat").except(this.alice.ws()).list()).containsExactly(this.bob.ws());
	}

	private void join(String topic, FakeSession... sessions) {
		for (FakeSession session : sessions) {
			Objects.requireNonNull(session.ws()).join(topic);
		}
	}

	@WsEndpoint("/chat")
	static class Chat {

		@OnMessage
		void message(String text) {
		}

	}

	@WsEndpoint("/news")
	static class News {

		@OnMessage
		void message(String text) {
		}

	}

}
