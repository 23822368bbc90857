package io.github.wsspring.context;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link WsServerStartFailureAnalyzer}.
 */
class WsServerStartFailureAnalyzerTests {

	@Test
	void whenPortIsInUseThenPortAndKeyAreNamed() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			int port = socket.getLocalPort();
			BindException failure = bind(new InetSocketAddress(port));
			FailureAnalysis analysis = analyze(null, port, failure);
			assertThat(analysis.getDescription()).contains("port " + port).contains("already in use");
			assertThat(analysis.getAction()).contains("ws.server.port").contains("port " + port);
		}
	}

	@Test
	void whenAddressIsNotLocalThenItsKeyIsNamed() throws Exception {
		// RFC 5737: an address that nobody has
		InetAddress address = InetAddress.getByName("192.0.2.1");
		FailureAnalysis analysis = analyze(address, 8081, bind(new InetSocketAddress(address, 0)));
		assertThat(analysis.getDescription()).contains("192.0.2.1").contains("ws.server.address");
		assertThat(analysis.getAction()).contains("ws.server.address");
	}

	@Test
	void whenPortIsPrivilegedThenAnotherIsAdvised() {
		FailureAnalysis analysis = analyze(null, 80, new BindException("Permission denied"));
		assertThat(analysis.getDescription()).contains("not permitted").contains("80");
		assertThat(analysis.getAction()).contains("ws.server.port").contains("1024");
	}

	@Test
	void whenReasonIsUnknownThenItIsQuoted() {
		FailureAnalysis analysis = analyze(null, 8081, new IOException("the wire is cut"));
		assertThat(analysis.getDescription()).contains("the wire is cut").contains("ws.server.port");
	}

	private static FailureAnalysis analyze(@Nullable InetAddress address, int port, IOException failure) {
		FailureAnalysis analysis = new WsServerStartFailureAnalyzer().analyze(new ApplicationContextException(
				"Failed to start bean", new WsServerStartException(address, port, failure)));
		assertThat(analysis).isNotNull();
		return analysis;
	}

	private static BindException bind(InetSocketAddress address) throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			return catchThrowableOfType(BindException.class, () -> socket.bind(address));
		}
	}

}
