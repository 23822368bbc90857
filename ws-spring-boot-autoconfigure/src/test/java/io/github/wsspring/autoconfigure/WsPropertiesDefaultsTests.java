package io.github.wsspring.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the groups of {@link WsProperties} that have no key.
 */
class WsPropertiesDefaultsTests {

	@ParameterizedTest
	@MethodSource
	void eachGroupHasTheDefaultsOfItsMetadata(Record defaults) {
		Record bound = new Binder(new MapConfigurationPropertySource()).bindOrCreate("group", defaults.getClass());
		assertThat(defaults).isEqualTo(bound);
	}

	static Stream<Record> eachGroupHasTheDefaultsOfItsMetadata() {
		WsProperties properties = TestProperties.of();
		WsProperties.Server server = properties.server();
		return Stream.of(server, server.ssl(), server.handshake(), server.limits(), server.shutdown(),
				properties.origins(), properties.auth(), properties.heartbeat(), properties.applicationPing(),
				properties.inbound(), properties.outbound(), properties.compression(), properties.messages());
	}

	@Test
	void whenOneKeyOfAGroupIsSetThenTheOthersKeepTheirDefaults() {
		WsProperties properties = TestProperties.of("ws.server.limits.per-user=3");
		assertThat(properties.server().limits()).isEqualTo(new WsProperties.Server.Limits(10000, null, 3));
		assertThat(properties.server().handshake()).isEqualTo(WsProperties.Server.Handshake.DEFAULTS);
		assertThat(properties.server().port()).isEqualTo(8081);
		assertThat(properties.inbound()).isEqualTo(WsProperties.Inbound.DEFAULTS);
	}

}
