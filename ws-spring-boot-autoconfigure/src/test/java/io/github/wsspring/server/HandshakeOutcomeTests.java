package io.github.wsspring.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.server.ServerOptions.AuthenticationRejection;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link HandshakePhase}: what an upgrade request comes to.
 */
class HandshakeOutcomeTests {

	private final Engine engine = new Engine();

	@AfterEach
	void nothingIsLeftBehind() {
		assertThat(this.engine.listener.engineFailures).isEmpty();
	}

	@Test
	void correctRequestIsAnswered101() {
		Peer peer = this.engine.open();
		// RFC 6455 1.3: the example's key and its answer
		assertThat(peer.head()).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
		assertThat(this.engine.handler.events).containsExactly("open");
		assertThat(this.engine.registry.sessions()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 1000 })
	void frameInTheSegmentOfTheHeadIsDelivered(int atOnce) {
		Peer peer = this.engine.connect();
		peer.transport.readLimit = atOnce;
		peer.send(Wire.upgrade("/ws"), Wire.text("early"), Wire.text("bird"));
		assertThat(this.engine.handler.events).containsExactly("open", "text early", "text bird");
	}

	@Test
	void frameInTheSegmentOfTheHeadWaitsForADecisionThatIsMadeElsewhere() {
		this.engine.authenticator = new Blocking();
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"), Wire.text("early"));
		assertThat(peer.answer()).isEmpty();
		assertThat(peer.transport.readInterest).isFalse();
		peer.send(Wire.text("bird"));
		this.engine.runHandlers(this.engine.contextExecutor);
		assertThat(this.engine.handler.events).containsExactly("open", "text early", "text bird");
	}

	record Refused(String name, int status, RefusalCause cause, byte[] request) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Refused> refused() {
		return Stream.of(new Refused("unknown path", 404, RefusalCause.NO_ENDPOINT, Wire.upgrade("/elsewhere")),
				new Refused("foreign origin", 403, RefusalCause.ORIGIN,
						Wire.upgrade("/ws", "Origin: https://evil.example")),
				new Refused("no upgrade", 426, RefusalCause.MALFORMED,
						Wire.ascii("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n")),
				new Refused("body", 400, RefusalCause.MALFORMED, Wire.upgrade("/ws", "Content-Length: 5")),
				new Refused("bare LF", 400, RefusalCause.MALFORMED,
						Wire.ascii("GET /ws HTTP/1.1\nHost: localhost\n\n")),
				new Refused("old HTTP", 505, RefusalCause.MALFORMED, Wire.ascii("GET /ws HTTP/1.0\r\n\r\n")),
				new Refused("long header", 431, RefusalCause.HEAD_TOO_LARGE,
						Wire.upgrade("/ws", "X: " + "x".repeat(9000))),
				new Refused("long line", 414, RefusalCause.HEAD_TOO_LARGE, Wire.upgrade("/" + "x".repeat(5000))));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusalClosesTheConnectionAndNothingAfterItIsParsed(Refused refused) {
		this.engine.origins = OriginPolicy.SAME_HOST;
		Peer peer = this.engine.connect();
		peer.send(refused.request(), Wire.upgrade("/ws"), Wire.text("smuggled"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 " + refused.status() + " ")
			.containsOnlyOnce("HTTP/1.1 ")
			.contains("Connection: close");
		assertThat(peer.transport.outputEnded).isTrue();
		peer.hangUp();
		assertThat(peer.transport.closed).isTrue();
		assertThat(this.engine.listener.refusals).singleElement().satisfies((refusal) -> {
			assertThat(refusal.cause()).isEqualTo(refused.cause());
			assertThat(refusal.status()).isEqualTo(refused.status());
		});
		assertThat(this.engine.handler.events).isEmpty();
		assertThat(this.engine.admission.connections()).isZero();
	}

	@Test
	void whoIsRefusedAndDoesNotHangUpIsGoneWithinASecond() {
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/elsewhere"));
		this.engine.pass(Duration.ofMillis(900));
		assertThat(peer.transport.closed).isFalse();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(peer.transport.closed).isTrue();
	}

	@Test
	void wrongTokenIsAnswered401() {
		this.engine.authenticator = (request, address) -> new Authenticator.Denied("the token is not valid");
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer");
	}

	@Test
	void whenRejectionIsCloseThenWrongTokenIsClosedWith4401() {
		this.engine.options = options(ConnectionLimits.DEFAULTS, AuthenticationRejection.CLOSE);
		this.engine.authenticator = (request, address) -> new Authenticator.Denied("the token is not valid");
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws", "Sec-WebSocket-Protocol: bearer, wrong"));
		assertThat(peer.head()).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Protocol: bearer");
		assertThat(peer.frames()).containsExactly("close 4401 the token is not valid");
		assertThat(this.engine.handler.events).isEmpty();
		assertThat(this.engine.listener.refusals).singleElement().matches((refusal) -> refusal.status() == 4401);
	}

	@Test
	void tokenWhoseTimeIsOverIsRefused() {
		this.engine.authenticator = admitting(Instant.now().minusSeconds(1));
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 401 ");
	}

	@Test
	void tokenThatNeverEndsInPracticeIsAccepted() {
		this.engine.authenticator = admitting(Instant.MAX);
		this.engine.open();
		this.engine.pass(Duration.ofSeconds(1));
		assertThat(this.engine.session().isOpen()).isTrue();
	}

	@Test
	void userWithEnoughSessionsIsAnswered429() {
		this.engine.options = options(new ConnectionLimits(100, 0, 2), AuthenticationRejection.HTTP);
		this.engine.authenticator = (request, address) -> new Authenticator.Admitted(Identity.of("ann"), null);
		this.engine.open();
		Peer second = this.engine.open();
		Peer third = this.engine.connect();
		third.send(Wire.upgrade("/ws"));
		assertThat(third.answer()).startsWith("HTTP/1.1 429 ");
		second.reset();
		assertThat(this.engine.registry.ofUser("ann")).hasSize(1);
		this.engine.open();
	}

	@Test
	void whileShuttingDownRequestsAreAnswered503() {
		Peer peer = this.engine.connect();
		this.engine.accepting = false;
		peer.send(Wire.upgrade("/ws"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 503 ");
	}

	@Test
	void handshakeThatIsCaughtByTheShutdownIsAnswered503() {
		this.engine.authenticator = new Blocking();
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"));
		peer.connection.shutDown(CloseStatus.SERVICE_RESTART);
		this.engine.runHandlers(this.engine.contextExecutor);
		assertThat(peer.answer()).startsWith("HTTP/1.1 503 ").containsOnlyOnce("HTTP/1.1");
		assertThat(this.engine.handler.events).isEmpty();
	}

	@Test
	void handlerThatFailsInTheHandshakeIsAnswered500() {
		this.engine.handler = new RecordingHandler() {
			@Override
			public void handshake(HandshakeExchange exchange) {
				throw new StackOverflowError("expected");
			}
		};
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 500 ").doesNotContain("expected");
		assertThat(this.engine.listener.handlerFailures).hasSize(1);
	}

	@Test
	void handlerMayRefuseAndTheServerGoesOn() {
		this.engine.handler = new RecordingHandler() {
			@Override
			public void handshake(HandshakeExchange exchange) {
				exchange.reject(418, "I am a teapot");
			}
		};
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 418 ").endsWith("I am a teapot\n");
	}

	@Test
	void executorThatRejectsIsAnswered500() {
		this.engine.authenticator = new Blocking();
		this.engine.contextExecutor.rejecting = true;
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"));
		assertThat(peer.answer()).startsWith("HTTP/1.1 500 ");
		assertThat(this.engine.listener.engineFailures).hasSize(1);
		this.engine.listener.engineFailures.clear();
	}

	@Test
	void handshakeThatTakesTooLongIsAnswered408WhateverIsReceivedMeanwhile() {
		Peer peer = this.engine.connect();
		byte[] head = Wire.upgrade("/ws");
		for (int i = 0; i < 99; i++) {
			peer.send(new byte[] { head[i] });
			this.engine.pass(Duration.ofMillis(100));
		}
		assertThat(peer.answer()).isEmpty();
		this.engine.pass(Duration.ofMillis(400));
		assertThat(peer.answer()).startsWith("HTTP/1.1 408 ");
		assertThat(this.engine.listener.refusals).singleElement()
			.matches((refusal) -> refusal.cause() == RefusalCause.HANDSHAKE_TIMEOUT);
	}

	@Test
	void decisionThatComesAfterTheTimeoutIsForgotten() {
		this.engine.authenticator = new Blocking();
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"));
		this.engine.pass(Duration.ofSeconds(11));
		this.engine.runHandlers(this.engine.contextExecutor);
		assertThat(peer.answer()).startsWith("HTTP/1.1 408 ").containsOnlyOnce("HTTP/1.1");
		assertThat(this.engine.registry.sessions()).isEmpty();
	}

	@Test
	void whoHangsUpInTheHeadIsForgotten() {
		Peer peer = this.engine.connect();
		peer.send(Wire.ascii("GET /ws HT"));
		peer.hangUp();
		assertThat(peer.transport.closed).isTrue();
		assertThat(this.engine.loop.members()).isEmpty();
		assertThat(this.engine.admission.connections()).isZero();
	}

	@Test
	void healthIsAnsweredWithoutAnUpgrade() {
		ServerOptions defaults = ServerOptions.DEFAULTS;
		this.engine.options = new ServerOptions(defaults.address(), 0, 10, 1, defaults.handshake(), defaults.limits(),
				defaults.shutdown(), "/health", AuthenticationRejection.HTTP, null);
		Peer up = this.engine.connect();
		up.send(Wire.ascii("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		assertThat(up.answer()).startsWith("HTTP/1.1 200 ").endsWith("UP\n");
		this.engine.accepting = false;
		Peer down = this.engine.connect();
		down.send(Wire.ascii("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		assertThat(down.answer()).startsWith("HTTP/1.1 503 ");
		assertThat(this.engine.listener.refusals).isEmpty();
	}

	@Test
	void firstCommonSubprotocolOfOursIsAnswered() {
		this.engine.subprotocols = List.of("v2", "v1");
		Peer peer = this.engine.open("Sec-WebSocket-Protocol: v1, v2");
		assertThat(peer.head()).contains("Sec-WebSocket-Protocol: v2\r\n");
		assertThat(this.engine.session().subprotocol()).isEqualTo("v2");
	}

	private static Authenticator admitting(Instant end) {
		return (request, address) -> new Authenticator.Admitted(Identity.of("ann", Set.of(), end), null);
	}

	private static ServerOptions options(ConnectionLimits limits, AuthenticationRejection rejection) {
		ServerOptions defaults = ServerOptions.DEFAULTS;
		return new ServerOptions(defaults.address(), 0, 10, 1, defaults.handshake(), limits, defaults.shutdown(), null,
				rejection, null);
	}

	private static final class Blocking implements Authenticator {

		@Override
		public Outcome authenticate(UpgradeRequest request, InetSocketAddress remoteAddress) {
			return Admitted.ANONYMOUS;
		}

		@Override
		public boolean mayBlock() {
			return true;
		}

	}

}
