package io.github.wsspring.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import io.github.wsspring.endpoint.FailurePolicy;
import io.github.wsspring.endpoint.MessageFields;
import io.github.wsspring.endpoint.OnFailure;
import io.github.wsspring.endpoint.UnknownType;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.ProtocolLimits;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.ServerOptions.AuthenticationRejection;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import io.github.wsspring.server.ServerOptions.HandshakeOptions;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import io.github.wsspring.server.SessionOptions;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import io.github.wsspring.server.SessionOptions.Overflow;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link WsPropertiesMapper}.
 */
class WsPropertiesMapperTests {

	@Test
	void whenNothingIsSetThenTheEnginesDefaultsHold() {
		ServerOptions options = mapper().serverOptions(null);
		assertThat(options.port()).isEqualTo(8081);
		assertThat(options.address()).isNull();
		assertThat(options.backlog()).isEqualTo(1024);
		assertThat(options.eventLoops()).isEqualTo(Runtime.getRuntime().availableProcessors());
		assertThat(options.handshake()).isEqualTo(HandshakeOptions.DEFAULTS);
		assertThat(options.limits()).isEqualTo(ConnectionLimits.DEFAULTS);
		assertThat(options.shutdown()).isEqualTo(ShutdownOptions.DEFAULTS);
		assertThat(options.healthPath()).isNull();
		assertThat(options.rejection()).isEqualTo(AuthenticationRejection.HTTP);
		SessionOptions session = mapper().sessionOptions("chat");
		assertThat(session.limits()).isEqualTo(ProtocolLimits.DEFAULTS);
		assertThat(session.maxPending()).isEqualTo(SessionOptions.DEFAULTS.maxPending());
		assertThat(session.heartbeat()).isEqualTo(HeartbeatOptions.DEFAULTS);
		assertThat(session.applicationPing()).isNotNull();
		assertThat(session.idleTimeout()).isNull();
		assertThat(session.outbound()).isEqualTo(OutboundOptions.DEFAULTS);
		assertThat(mapper().origins()).isEqualTo(OriginPolicy.SAME_HOST);
	}

	@Test
	void whatMessagesLookLikeIsMapped() {
		assertThat(mapper().messageFields()).isEqualTo(new MessageFields("type", "id"));
		assertThat(mapper("ws.messages.type-field=op", "ws.messages.id-field=ref").messageFields())
			.isEqualTo(new MessageFields("op", "ref"));
		assertThat(mapper("ws.messages.id-field=").messageFields()).isEqualTo(new MessageFields("type", null));
	}

	@Test
	void whenTypeAndIdHaveTheSameFieldThenBothKeysAreNamed() {
		assertThatExceptionOfType(InvalidWsPropertyException.class)
			.isThrownBy(() -> mapper("ws.messages.id-field=type").messageFields())
			.withMessageContaining("ws.messages.type-field")
			.withMessageContaining("ws.messages.id-field");
	}

	@Test
	void whatBecomesOfFailuresIsMapped() {
		FailurePolicy policy = mapper().failurePolicy(List.of(), ServerListener.NONE);
		assertThat(policy.unknownType()).isEqualTo(UnknownType.ERROR);
		assertThat(policy.onFailure()).isEqualTo(OnFailure.CLOSE);
		policy = mapper("ws.messages.unknown-type=ignore", "ws.messages.on-error=reply").failurePolicy(List.of(),
				ServerListener.NONE);
		assertThat(policy.unknownType()).isEqualTo(UnknownType.IGNORE);
		assertThat(policy.onFailure()).isEqualTo(OnFailure.REPLY);
	}

	@Test
	void eachServerKeyIsMapped() throws Exception {
		ServerOptions options = mapper("ws.server.port=0", "ws.server.address=127.0.0.1", "ws.server.backlog=7",
				"ws.server.event-loops=3", "ws.server.health-path=/health", "ws.server.handshake.timeout=5",
				"ws.server.handshake.max-header-size=16KB", "ws.server.handshake.max-headers=50",
				"ws.server.limits.connections=9", "ws.server.limits.per-address=8", "ws.server.limits.per-user=4",
				"ws.server.shutdown.close-code=1001", "ws.server.shutdown.spread=2s",
				"ws.server.shutdown.grace-period=3s", "ws.auth.reject=close")
			.serverOptions(null);
		assertThat(options.port()).isZero();
		assertThat(options.address()).isEqualTo(InetAddress.getByName("127.0.0.1"));
		assertThat(options.backlog()).isEqualTo(7);
		assertThat(options.eventLoops()).isEqualTo(3);
		assertThat(options.healthPath()).isEqualTo("/health");
		assertThat(options.handshake()).isEqualTo(new HandshakeOptions(Duration.ofSeconds(5), 16 * 1024, 50));
		assertThat(options.limits()).isEqualTo(new ConnectionLimits(9, 8, 4));
		assertThat(options.shutdown().closeStatus().code()).isEqualTo(1001);
		assertThat(options.shutdown().spread()).isEqualTo(Duration.ofSeconds(2));
		assertThat(options.shutdown().gracePeriod()).isEqualTo(Duration.ofSeconds(3));
		assertThat(options.rejection()).isEqualTo(AuthenticationRejection.CLOSE);
	}

	@Test
	void eachSessionKeyIsMapped() {
		SessionOptions options = mapper("ws.heartbeat.interval=3s", "ws.heartbeat.timeout=2s", "ws.idle-timeout=60",
				"ws.inbound.max-message-size=1MB", "ws.inbound.max-frame-size=2KB", "ws.inbound.max-fragments=5",
				"ws.inbound.max-pending=6", "ws.outbound.send-timeout=4s", "ws.outbound.queue-size=1KB",
				"ws.outbound.overflow=drop-oldest", "ws.outbound.max-streams=7")
			.sessionOptions("chat");
		assertThat(options.heartbeat()).isEqualTo(new HeartbeatOptions(Duration.ofSeconds(3), Duration.ofSeconds(2)));
		assertThat(options.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
		assertThat(options.limits()).isEqualTo(new ProtocolLimits(1024 * 1024, 2048, 5));
		assertThat(options.maxPending()).isEqualTo(6);
		assertThat(options.outbound())
			.isEqualTo(new OutboundOptions(1024, Duration.ofSeconds(4), Overflow.DROP_OLDEST, 7));
	}

	@Test
	void whenOnlyTheMessageSizeIsSetThenOneFrameMayHoldTheMessage() {
		assertThat(mapper("ws.inbound.max-message-size=1MB").sessionOptions("chat").limits().maxFrameSize())
			.isEqualTo(1024 * 1024);
	}

	@Test
	void whenPingsAreDisabledThenThereAreNone() {
		SessionOptions options = mapper("ws.heartbeat.enabled=false", "ws.application-ping.enabled=false")
			.sessionOptions("chat");
		assertThat(options.heartbeat()).isNull();
		assertThat(options.applicationPing()).isNull();
	}

	@Test
	void whenKeysAreEmptyThenTheyAreNotSet() {
		WsPropertiesMapper mapper = mapper("ws.server.address=", "ws.server.event-loops=", "ws.server.health-path=",
				"ws.server.limits.per-address=", "ws.idle-timeout=", "ws.inbound.max-frame-size=");
		assertThat(mapper.serverOptions(null).address()).isNull();
		assertThat(mapper.serverOptions(null).healthPath()).isNull();
		assertThat(mapper.sessionOptions("chat").idleTimeout()).isNull();
	}

	@Test
	void endpointOverridesWhatItSetsAndInheritsTheRest() {
		WsPropertiesMapper mapper = mapper("ws.inbound.max-pending=6", "ws.inbound.max-fragments=5",
				"ws.heartbeat.timeout=2s", "ws.idle-timeout=60s", "ws.endpoints.chat.inbound.max-message-size=1MB",
				"ws.endpoints.chat.inbound.max-pending=7", "ws.endpoints.chat.heartbeat.interval=4s",
				"ws.endpoints.chat.outbound.overflow=drop-newest");
		SessionOptions chat = mapper.sessionOptions("chat");
		assertThat(chat.limits()).isEqualTo(new ProtocolLimits(1024 * 1024, 1024 * 1024, 5));
		assertThat(chat.maxPending()).isEqualTo(7);
		assertThat(chat.heartbeat()).isEqualTo(new HeartbeatOptions(Duration.ofSeconds(4), Duration.ofSeconds(2)));
		assertThat(chat.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
		assertThat(chat.outbound().overflow()).isEqualTo(Overflow.DROP_NEWEST);
		assertThat(mapper.sessionOptions("echo").maxPending()).isEqualTo(6);
	}

	@Test
	void endpointCanSwitchOffWhatIsInherited() {
		SessionOptions options = mapper("ws.idle-timeout=60s", "ws.endpoints.chat.idle-timeout=0",
				"ws.endpoints.chat.heartbeat.enabled=false", "ws.endpoints.chat.application-ping.enabled=false")
			.sessionOptions("chat");
		assertThat(options.idleTimeout()).isNull();
		assertThat(options.heartbeat()).isNull();
		assertThat(options.applicationPing()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "chatRoom", "chat-room", "chatroom", "CHATROOM" })
	void endpointIdsAreComparedWithoutCaseAndDashes(String key) {
		WsPropertiesMapper mapper = mapper("ws.endpoints." + key + ".inbound.max-pending=7");
		assertThat(mapper.sessionOptions("chatRoom").maxPending()).isEqualTo(7);
		assertThatNoException().isThrownBy(() -> mapper.checkEndpointIds(List.of("chatRoom", "echo")));
	}

	@Test
	void whenEndpointIdIsUnknownThenTheKnownIdsAreNamed() {
		assertThatInvalid(
				() -> mapper("ws.endpoints.chta.inbound.max-pending=7").checkEndpointIds(List.of("echo", "chat")))
			.satisfies((ex) -> {
				assertThat(ex.getDescription()).contains("ws.endpoints.chta").contains("'chta'");
				assertThat(ex.getAction()).contains("[chat, echo]");
			});
	}

	@Test
	void whenThereIsNoEndpointThenKeysOfEndpointsNameTheAnnotation() {
		assertThatInvalid(() -> mapper("ws.endpoints.chat.inbound.max-pending=7").checkEndpointIds(List.of()))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("@WsEndpoint"));
	}

	@Test
	void whenOneEndpointIsSpeltInTwoWaysThenItIsRefused() {
		assertThatInvalid(() -> mapper("ws.endpoints.chat-room.inbound.max-pending=7",
				"ws.endpoints.chatRoom.inbound.max-fragments=7")
			.checkEndpointIds(List.of("chatRoom"))).withMessageContaining("another spelling");
	}

	@ParameterizedTest
	@CsvSource({ "ws.server.port, 65536", "ws.server.port, -2", "ws.server.backlog, 0", "ws.server.event-loops, 0",
			"ws.server.handshake.timeout, 0s", "ws.server.handshake.max-header-size, 255B",
			"ws.server.handshake.max-headers, 4", "ws.server.handshake.max-header-size, 3GB",
			"ws.server.limits.connections, 0", "ws.server.limits.per-address, -1", "ws.server.limits.per-user, -1",
			"ws.server.shutdown.close-code, 1005", "ws.server.shutdown.close-code, 99",
			"ws.server.shutdown.spread, -1s", "ws.server.shutdown.grace-period, -1s", "ws.server.health-path, health" })
	void invalidServerKeyIsNamed(String key, String value) {
		assertThatInvalid(() -> mapper(key + "=" + value).serverOptions(null)).satisfies((ex) -> {
			assertThat(ex.getKeys()).contains(key);
			assertThat(ex.getDescription()).contains(key);
			assertThat(ex.getAction()).isNotEmpty();
		});
	}

	@ParameterizedTest
	@CsvSource({ "inbound.max-pending, 0", "inbound.max-fragments, 0", "inbound.max-message-size, 0",
			"inbound.max-message-size, 2GB", "inbound.max-frame-size, 0", "inbound.max-frame-size, -1",
			"outbound.queue-size, 0", "outbound.queue-size, 2GB", "outbound.send-timeout, 0", "heartbeat.interval, 0",
			"heartbeat.timeout, -1s", "idle-timeout, -1s" })
	void invalidSessionKeyIsNamedHereAndForAnEndpoint(String key, String value) {
		for (String prefix : List.of("ws.", "ws.endpoints.chat.")) {
			assertThatInvalid(() -> mapper(prefix + key + "=" + value).sessionOptions("chat")).satisfies((ex) -> {
				assertThat(ex.getKeys()).contains(prefix + key);
				assertThat(ex.getDescription()).contains(prefix + key);
			});
		}
	}

	@Test
	void invalidValueIsShown() {
		assertThatInvalid(() -> mapper("ws.server.port=70000").serverOptions(null))
			.withMessageContaining("ws.server.port = 70000")
			.withMessageContaining("0-65535");
	}

	@Test
	void originModesAreMapped() {
		assertThat(mapper("ws.origins.mode=any").origins()).isEqualTo(OriginPolicy.ANY);
		assertThat(mapper("ws.origins.mode=list", "ws.origins.allowed=https://example.org").origins())
			.isEqualTo(OriginPolicy.listed(List.of("https://example.org")));
	}

	@Test
	void whenTheListOfOriginsIsEmptyThenItIsRefused() {
		assertThatInvalid(() -> mapper("ws.origins.mode=list").origins()).withMessageContaining("ws.origins.allowed");
	}

	@Test
	void whenOriginsAreListedButIgnoredThenItIsRefused() {
		assertThatInvalid(() -> mapper("ws.origins.allowed=https://example.org").origins())
			.withMessageContaining("same-host")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("ws.origins.mode to 'list'"));
	}

	@Test
	void badOriginIsNamedWithItsPlace() {
		assertThatInvalid(() -> mapper("ws.origins.mode=list", "ws.origins.allowed[0]=https://example.org",
				"ws.origins.allowed[1]=example.org")
			.origins()).withMessageContaining("'example.org'")
			.satisfies((ex) -> assertThat(ex.getKeys()).containsExactly("ws.origins.allowed[1]"));
	}

	private static WsPropertiesMapper mapper(String... pairs) {
		return new WsPropertiesMapper(TestProperties.of(pairs));
	}

	private static ThrowableAssertAlternative<InvalidWsPropertyException> assertThatInvalid(ThrowingCallable mapping) {
		return assertThatExceptionOfType(InvalidWsPropertyException.class).isThrownBy(mapping);
	}

}
