package io.github.wsspring.endpoint;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.SendResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

class WsSessionTests {

	private final Harness harness = Harness.of(Plain.class);

	@Test
	void factsComeFromTheEngine() throws Exception {
		WsSession session = this.harness.connect("/plain/x?a=b", "alice").ws();
		assertThat(session.id()).isEqualTo("s1");
		assertThat(session.endpointId()).isEqualTo("plain");
		assertThat(session.uri()).hasToString("/plain/x?a=b");
		assertThat(session.subprotocol()).isEqualTo("chat.v1");
		assertThat(session.remoteAddress()).isSameAs(FakeSession.REMOTE);
		assertThat(session.bufferedBytes()).isEqualTo(42);
		assertThat(session.isOpen()).isTrue();
		assertThat(session).hasToString("session s1");
		assertThat(session.principal()).isNotNull();
		assertThat(session.principal().getName()).isEqualTo("alice");
	}

	@Test
	void thereIsOneObjectPerSession() throws Exception {
		FakeSession engine = this.harness.connect("/plain/x");
		assertThat(engine.ws()).isSameAs(engine.ws());
	}

	@Test
	void messagesAreEncoded() throws Exception {
		FakeSession engine = this.harness.connect("/plain/x");
		assertThat(engine.ws().send("text")).isEqualTo(SendResult.QUEUED);
		assertThat(engine.ws().send(new byte[] { 1 })).isEqualTo(SendResult.QUEUED);
		assertThat(engine.ws().send(List.of(1))).isEqualTo(SendResult.QUEUED);
		assertThat(engine.ws().send("t", 1)).isEqualTo(SendResult.QUEUED);
		assertThat(engine.ws().sendAsync("later")).isCompleted();
		assertThat(engine.sent).containsExactly("text", "01", "[1]", "{\"type\":\"t\",\"data\":1}", "later");
	}

	@Test
	void tokensAreCheckedByTheEngine() throws Exception {
		FakeSession engine = this.harness.connect("/plain/x?a=b", "alice");
		assertThat(engine.ws().reauthenticate("t1")).isCompletedWithValue(true);
		engine.reauthenticated = CompletableFuture.failedFuture(new IllegalArgumentException());
		assertThat(engine.ws().reauthenticate("t2")).isCompletedExceptionally();
		assertThat(engine.tokens).containsExactly("t1 /plain/x a=b []", "t2 /plain/x a=b []");
	}

	@Test
	void topicsAreJoinedAndLeft() throws Exception {
		WsSession session = this.harness.connect("/plain/x").ws();
		assertThat(session.join("a")).isTrue();
		assertThat(session.join("a")).isFalse();
		assertThat(session.topics()).containsExactly("a");
		assertThat(session.leave("a")).isTrue();
		assertThat(session.leave("a")).isFalse();
		assertThat(session.topics()).isEmpty();
	}

	@Test
	void pingsAndClosesAreTheEngines() throws Exception {
		FakeSession engine = this.harness.connect("/plain/x");
		engine.ws().ping();
		engine.ws().ping(new byte[] { 1 });
		assertThat(engine.pings).containsExactly(new byte[0], new byte[] { 1 });
		engine.ws().close();
		assertThat(engine.closed).isEqualTo(CloseStatus.NORMAL);
		engine.ws().close(CloseStatus.GOING_AWAY);
		assertThat(engine.closed).isEqualTo(CloseStatus.GOING_AWAY);
		assertThat(engine.ws().send("late")).isEqualTo(SendResult.CLOSED);
		engine.ws().terminate();
		assertThat(engine.terminated).isTrue();
	}

	@Test
	void attributesAreOneMapThatIsThereOnlyIfUsed() throws Exception {
		WsSession session = this.harness.connect("/plain/x").ws();
		assertThat(session).extracting("attributes").isNull();
		session.attributes().put("a", 1);
		assertThat(session.attributes()).containsEntry("a", 1);
	}

	@Test
	void sessionsOfOthersAreNone() {
		FakeSession session = new FakeSession("s", this.harness.route("/plain/x").endpoint(), null, null);
		assertThatIllegalStateException().isThrownBy(session::ws)
			.withMessage("session s was not opened on a @WsEndpoint");
	}

	@Test
	void beforeItIsOpenASessionSaysSo() {
		DefaultWsSession session = new DefaultWsSession(
				new EndpointContext("/", new MessageCodec(null, "type"), this.harness.registry), "/", new Object[0],
				mock(HandshakeRequest.class));
		assertThatIllegalStateException().isThrownBy(session::id).withMessage("The session is not open yet");
		session.forgetRequest();
		assertThatIllegalStateException().isThrownBy(session::request);
		assertThat(session).hasToString("WsSession in its handshake");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "/a?b=c /a?b=c", "/a?b={c}|d^e /a?b=%7Bc%7D%7Cd%5Ee", "/a%20b /a%20b",
			"//evil/x /.//evil/x", "// /.//", "/a?%zz /a?%25zz", "/a?b=[] /a?b=[]", "/ä /ä", "/a?\"% /a?%22%25" })
	void everyTargetIsAnUri(String target, String uri) {
		assertThat(RequestTarget.toUri(target)).hasToString(uri);
		assertThat(RequestTarget.toUri(target).getHost()).isNull();
	}

	@WsEndpoint("/plain/{x}")
	static class Plain {

		@OnMessage
		void message(String text) {
		}

	}

}
