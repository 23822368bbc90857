package io.github.wsspring.sample;

import java.util.Objects;

import io.github.wsspring.context.LocalWsPort;
import io.github.wsspring.test.WsTestClient;
import io.github.wsspring.test.WsTestSession;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "ws.server.port=0")
class SampleApplicationTests {

	@Test
	void pageLearnsThePortOfTheWebSocketServer(@LocalServerPort int port, @LocalWsPort int wsPort) {
		String config = RestClient.create("http://127.0.0.1:" + port)
			.get()
			.uri("/config.json")
			.retrieve()
			.body(String.class);
		assertThat(config).contains("\"port\":" + wsPort).contains("alice");
	}

	@Test
	void tokenOfThePageOpensARoom(@LocalWsPort int wsPort, @Autowired DemoUsers users) {
		String token = Objects.requireNonNull(users.tokens().get("alice"));
		try (WsTestSession alice = WsTestClient.forPort(wsPort)
			.subprotocols("bearer", token)
			.origin("http://localhost:8080")
			.connect("/rooms/lobby")) {
			assertThat(alice.subprotocol()).isEqualTo("bearer");
			alice.expectJson("{'type':'welcome','you':'alice'}");
		}
	}

}
