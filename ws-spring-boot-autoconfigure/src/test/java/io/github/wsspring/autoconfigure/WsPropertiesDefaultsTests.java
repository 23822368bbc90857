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
		WsProperties.Server server = properties.getServer();
		return Stream.of(server.getSsl(), server.getHandshake(), server.getLimits(), server.getShutdown(),
				properties.getOrigins(), properties.getAuth(), properties.getHeartbeat(),
				properties.getApplicationPing(), properties.getInbound(), properties.getOutbound(),
				properties.getCompression(), properties.getMessages());
	}

	@Test
	void whenOneKeyOfAGroupIsSetThenTheOthersKeepTheirDefaults() {
		WsProperties properties = TestProperties.of("ws.server.limits.per-user=3");
		assertThat(properties.getServer().getLimits()).isEqualTo(new WsProperties.Server.Limits(10000, null, 3));
		assertThat(properties.getServer().getHandshake()).isEqualTo(WsProperties.Server.Handshake.DEFAULTS);
		assertThat(properties.getServer().getPort()).isEqualTo(8081);
		assertThat(properties.getInbound()).isEqualTo(WsProperties.Inbound.DEFAULTS);
	}

}
