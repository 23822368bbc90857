package io.github.wsspring.sample;

import io.github.wsspring.context.LocalWsPort;
import org.junit.jupiter.api.Test;

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

}
