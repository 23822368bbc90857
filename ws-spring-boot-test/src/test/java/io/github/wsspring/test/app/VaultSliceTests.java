package io.github.wsspring.test.app;

import io.github.wsspring.test.WsEndpointTest;
import io.github.wsspring.test.WsTestClient;
import io.github.wsspring.test.WsTestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/**
 * A slice with method security.
 */
@WsEndpointTest(endpoints = Vault.class, properties = "ws.messages.type-field=kind")
@Timeout(30)
class VaultSliceTests {

	@Test
	void authoritiesAreThoseThatTheTestSays(@Autowired WsTestClient client) {
		try (WsTestSession root = client.as("root", "ROLE_ADMIN").connect("/vault");
				WsTestSession alice = client.as("alice", "ROLE_USER").connect("/vault")) {
			root.send("please").expect("opened");
			alice.send("please").expectJson("{'kind':'error','error':'forbidden'}");
		}
	}

	@TestConfiguration
	@EnableMethodSecurity
	static class MethodSecurity {

	}

}
