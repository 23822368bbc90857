package io.github.wsspring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an IDE shows about {@link WsProperties}.
 */
class WsPropertiesMetadataTests {

	private static final String NONE = "";

	private static final Map<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(entry("ws.enabled", "true"),
			entry("ws.server.port", "8081"), entry("ws.server.address", NONE), entry("ws.server.backlog", "1024"),
			entry("ws.server.event-loops", NONE), entry("ws.server.health-path", NONE),
			entry("ws.server.ssl.bundle", NONE), entry("ws.server.ssl.client-auth", "none"),
			entry("ws.server.handshake.timeout", "10s"), entry("ws.server.handshake.max-header-size", "8KB"),
			entry("ws.server.handshake.max-headers", "100"), entry("ws.server.limits.connections", "10000"),
			entry("ws.server.limits.per-address", NONE), entry("ws.server.limits.per-user", NONE),
			entry("ws.server.shutdown.close-code", "1012"), entry("ws.server.shutdown.spread", "0s"),
			entry("ws.server.shutdown.grace-period", "20s"), entry("ws.origins.mode", "same-host"),
			entry("ws.origins.allowed", NONE), entry("ws.auth.required", "false"),
			entry("ws.auth.sources", "[header, subprotocol, cookie]"), entry("ws.auth.cookie-name", "ws_token"),
			entry("ws.auth.query-parameter", "access_token"), entry("ws.auth.tokens", NONE),
			entry("ws.auth.close-on-expiry", "true"), entry("ws.auth.reject", "http"),
			entry("ws.heartbeat.enabled", "true"), entry("ws.heartbeat.interval", "30s"),
			entry("ws.heartbeat.timeout", "10s"), entry("ws.application-ping.enabled", "true"),
			entry("ws.application-ping.type-field", "type"), entry("ws.application-ping.request", "ping"),
			entry("ws.application-ping.reply", "pong"), entry("ws.idle-timeout", NONE),
			entry("ws.inbound.max-message-size", "64KB"), entry("ws.inbound.max-frame-size", NONE),
			entry("ws.inbound.max-fragments", "1024"), entry("ws.inbound.max-pending", "64"),
			entry("ws.outbound.send-timeout", "10s"), entry("ws.outbound.queue-size", "512KB"),
			entry("ws.outbound.overflow", "close"), entry("ws.outbound.max-streams", "64"),
			entry("ws.compression.enabled", "false"), entry("ws.compression.threshold", "1KB"),
			entry("ws.compression.level", NONE), entry("ws.compression.context-takeover", "false"),
			entry("ws.messages.type-field", "type"), entry("ws.messages.id-field", "id"),
			entry("ws.messages.unknown-type", "error"), entry("ws.messages.on-error", "close"),
			entry("ws.endpoints", NONE)));

	@Test
	void exactlyTheDesignedKeysAreThere() {
		assertThat(properties().keySet()).containsExactlyInAnyOrderElementsOf(new TreeSet<>(DEFAULTS.keySet()));
	}

	@TestFactory
	Stream<DynamicTest> eachKeyHasItsDescriptionTypeAndDefault() {
		return properties().entrySet()
			.stream()
			.map((property) -> DynamicTest.dynamicTest(property.getKey(),
					() -> assertComplete(property.getKey(), property.getValue())));
	}

	private static void assertComplete(String name, JsonNode property) {
		String description = property.path("description").asString("");
		String type = property.path("type").asString("");
		assertThat(description).as("description").isNotEmpty().doesNotEndWith("..").matches("(?s)[A-Z].*\\.");
		assertThat(type).as("type").isNotEmpty();
		JsonNode defaultValue = property.path("defaultValue");
		assertThat(defaultValue.isString() ? defaultValue.asString() : defaultValue.toString()).as("default")
			.isEqualTo(DEFAULTS.get(name));
		if (type.equals(Boolean.class.getName())) {
			assertThat(description).startsWith("Whether ");
		}
	}

	@Test
	void timesAndSizesAreTypes() {
		assertThat(properties()).allSatisfy((name, property) -> {
			String type = property.path("type").asString("");
			assertThat(type.equals("java.time.Duration"))
				.isEqualTo(name.matches(".*\\.(.*timeout|interval|spread|grace-period)"));
			assertThat(type.equals("org.springframework.util.unit.DataSize"))
				.isEqualTo(name.matches(".*(-size|\\.threshold)"));
		});
	}

	private static Map<String, JsonNode> properties() {
		try (InputStream metadata = WsProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			Map<String, JsonNode> properties = new TreeMap<>();
			for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties")) {
				properties.put(property.path("name").asString(), property);
			}
			return properties;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
