package io.github.wsspring.context;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.ServerListener.CloseCause;
import io.github.wsspring.server.ServerListener.Refusal;
import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionHandler;
import io.github.wsspring.server.SessionOptions;
import org.apache.commons.logging.impl.NoOpLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LoggingServerListener}.
 */
class LoggingServerListenerTests {

	private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

	private static final UpgradeRequest REQUEST = new UpgradeRequest("GET", "/chat", "access_token=s3cr3t",
			List.of(new HttpField("Authorization", "Bearer s3cr3t")));

	private static final Endpoint ENDPOINT = new Endpoint("chat", mock(SessionHandler.class), Runnable::run, List.of(),
			OriginPolicy.SAME_HOST, SessionOptions.DEFAULTS);

	private final RecordingLog log = new RecordingLog();

	private long now;

	private final LoggingServerListener listener = new LoggingServerListener(this.log,
			new LogLimiter(LoggingServerListener.LIMIT, LoggingServerListener.WINDOW, () -> this.now));

	@Test
	void refusalNamesRequestPeerStatusValuesAndKeys() {
		this.listener.refused(new Refusal(RefusalCause.ORIGIN, 403,
				"origin https://evil.example is not on the host localhost", ADDRESS, REQUEST));
		assertThat(this.log.lines).containsExactly("WARN Refused GET /chat from 127.0.0.1:4711 with 403: origin "
				+ "https://evil.example is not on the host localhost (see ws.origins.mode, ws.origins.allowed)");
	}

	@Test
	void endNamesSessionEndpointPeerStatusAndKeys() {
		this.listener.closed(session(), CloseStatus.TOO_BIG.withReason("70000 bytes of 65536"),
				CloseCause.MESSAGE_TOO_BIG);
		assertThat(this.log.lines)
			.containsExactly("WARN Ended session s-1 of endpoint 'chat' with 127.0.0.1:4711, 1009 70000 bytes "
					+ "of 65536: a message was too big (see ws.inbound.max-message-size, ws.inbound.max-frame-size, "
					+ "ws.inbound.max-fragments; for this endpoint alone under ws.endpoints.chat)");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "HANDLER_FAILED")
	void eachRefusalIsOneLineWithoutSecrets(RefusalCause cause) {
		this.listener.refused(new Refusal(cause, 400, "detail", ADDRESS, REQUEST));
		assertThat(this.log.lines).singleElement().asString().contains("detail").doesNotContain("s3cr3t");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "HANDLER_FAILED")
	void eachForcedCloseIsOneLine(CloseCause cause) {
		this.listener.closed(session(), CloseStatus.GOING_AWAY, cause);
		assertThat(this.log.lines).hasSize(1);
	}

	@Test
	void whenTheHeadCouldNotBeReadThenAConnectionIsRefused() {
		this.listener.refused(new Refusal(RefusalCause.HANDSHAKE_TIMEOUT, 408, "10 s", ADDRESS, null));
		assertThat(this.log.lines).singleElement().asString().contains("Refused a connection from 127.0.0.1:4711");
	}

	@Test
	void whenPeerOrApplicationEndsASessionThenNothingIsLogged() {
		this.listener.opened(session());
		this.listener.closed(session(), CloseStatus.NORMAL, null);
		assertThat(this.log.lines).isEmpty();
	}

	@Test
	void handlerFailureIsLoggedOnceWithItsStackTrace() {
		IllegalStateException failure = new IllegalStateException("boom");
		Session session = session();
		this.listener.handlerFailed(ENDPOINT, session, failure);
		this.listener.closed(session, CloseStatus.SERVER_ERROR, CloseCause.HANDLER_FAILED);
		assertThat(this.log.lines).containsExactly("ERROR A handler of endpoint 'chat' failed in session s-1");
		assertThat(this.log.failures).containsExactly(failure);
	}

	@Test
	void whoHoldsAnEventLoopIsNamedWithTheRemedy() {
		this.listener.loopHeld(session(), "Chat.say", 150);
		assertThat(this.log.lines).containsExactly("WARN Chat.say of endpoint 'chat' has been holding an event loop "
				+ "for 150 ms, and all other sessions of that loop wait for it. Let it return at once, or remove "
				+ "execution = Execution.EVENT_LOOP from its @WsEndpoint");
	}

	@Test
	void handshakeFailureIsLoggedOnceWithItsStackTrace() {
		IllegalStateException failure = new IllegalStateException("boom");
		this.listener.handlerFailed(ENDPOINT, null, failure);
		this.listener.refused(new Refusal(RefusalCause.HANDLER_FAILED, 500, "detail", ADDRESS, REQUEST));
		assertThat(this.log.lines).containsExactly("ERROR A handler of endpoint 'chat' failed during a handshake");
		assertThat(this.log.failures).containsExactly(failure);
	}

	@Test
	void engineFailureIsLoggedWithItsStackTrace() {
		IllegalStateException failure = new IllegalStateException("boom");
		this.listener.engineFailed("accepting", failure);
		assertThat(this.log.lines).singleElement().asString().startsWith("ERROR").contains("accepting");
		assertThat(this.log.failures).containsExactly(failure);
	}

	@Test
	void whenManyAreRefusedThenSomeAreLoggedAndTheOthersSummedUpInOneLine() {
		for (int i = 0; i < 1000; i++) {
			refuse();
		}
		assertThat(this.log.lines).hasSize(LoggingServerListener.LIMIT);
		assertThat(this.log.lines.get(LoggingServerListener.LIMIT - 1)).contains("only counted");
		this.log.lines.clear();
		this.now += LoggingServerListener.WINDOW.toNanos();
		refuse();
		assertThat(this.log.lines).hasSize(2);
		assertThat(this.log.lines.get(0)).contains("990 more refusals of the kind NO_ENDPOINT");
	}

	private void refuse() {
		this.listener.refused(new Refusal(RefusalCause.NO_ENDPOINT, 404, "no endpoint", ADDRESS, REQUEST));
	}

	private static Session session() {
		Session session = mock(Session.class);
		given(session.id()).willReturn("s-1");
		given(session.endpoint()).willReturn(ENDPOINT);
		given(session.remoteAddress()).willReturn(ADDRESS);
		return session;
	}

	private static final class RecordingLog extends NoOpLog {

		private static final long serialVersionUID = 1L;

		private final transient List<String> lines = new ArrayList<>();

		private final transient List<Throwable> failures = new ArrayList<>();

		@Override
		public void info(Object message) {
			this.lines.add("INFO " + message);
		}

		@Override
		public void warn(Object message) {
			this.lines.add("WARN " + message);
		}

		@Override
		public void error(Object message, @Nullable Throwable failure) {
			this.lines.add("ERROR " + message);
			if (failure != null) {
				this.failures.add(failure);
			}
		}

	}

}
