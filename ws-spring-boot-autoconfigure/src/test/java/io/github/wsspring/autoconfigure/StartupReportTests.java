package io.github.wsspring.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.github.wsspring.endpoint.EndpointRouter.EndpointInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupReport}.
 */
class StartupReportTests {

	@ParameterizedTest
	@CsvSource({ "0.0.0.0, ws://localhost:8081/echo -> Echo", "::, ws://localhost:8081/echo -> Echo",
			"127.0.0.1, ws://localhost:8081/echo -> Echo", "10.0.0.7, ws://10.0.0.7:8081/echo -> Echo",
			"2001:db8::7, ws://[2001:db8:0:0:0:0:0:7]:8081/echo -> Echo" })
	void endpointIsShownAsUrl(String address, String line) throws Exception {
		assertThat(StartupReport.describe("ws", new InetSocketAddress(InetAddress.getByName(address), 8081),
				new EndpointInfo("echo", "/echo", Echo.class)))
			.isEqualTo(line);
	}

	private static final class Echo {

	}

}
