package io.github.wsspring.test.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

import io.github.wsspring.context.LocalWsPort;
import io.github.wsspring.test.AutoConfigureWsTestClient;
import io.github.wsspring.test.WsTestClient;
import io.github.wsspring.test.WsTestSession;
import io.github.wsspring.test.app.Chat.Said;
import io.github.wsspring.test.app.Chat.Say;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The whole application on a port, by TCP and within the process.
 */
@SpringBootTest(properties = { "ws.server.port=0", "ws.server.address=127.0.0.1" })
@AutoConfigureWsTestClient
@Timeout(60)
class PortTests {

	@Test
	void theSameConversationIsHeldByTcp(@LocalWsPort int port) {
		WsTestClient client = WsTestClient.forPort(port);
		try (WsTestSession bob = client.token("carols-token").connect("/rooms/1");
				WsTestSession carol = WsTestClient.to("ws://127.0.0.1:" + port + "/")
					.token("carols-token")
					.connect("/rooms/1")) {
			// what comes after the opening says that it is over
			bob.send("nonsense", Map.of()).expectJson("{'type':'error','error':'unknown-type'}");
			carol.send("say", new Say("hi"));
			assertThat(bob.expect("said", Said.class)).isEqualTo(new Said("carol", "hi"));
			carol.expectNothing();
		}
	}

	@Test
	void clientsOfBothKindsMeet(@LocalWsPort int port, @Autowired WsTestClient inside) {
		try (WsTestSession alice = inside.as("alice").connect("/rooms/1");
				WsTestSession carol = WsTestClient.forPort(port).token("carols-token").connect("/rooms/1")) {
			alice.expectNothing();
			carol.send("say", new Say("hi"));
			assertThat(alice.expect("said", Said.class).from()).isEqualTo("carol");
			alice.send("say", new Say("hi, carol"));
			assertThat(carol.expect("said", Said.class).from()).isEqualTo("alice");
		}
	}

	@Test
	void byTcpNothingIsWhatDoesNotComeWithinTheQuietTime(@LocalWsPort int port) {
		try (WsTestSession desk = WsTestClient.forPort(port).quietTime(Duration.ofSeconds(20)).connect("/desk")) {
			desk.send("hm").expect("hm?").send("hm");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(desk::expectNothing)
				.withMessageContaining("the text \"hm?\"");
		}
	}

	@Test
	void endsOfAllKindsAreSeenByTcp(@LocalWsPort int port) {
		WsTestClient client = WsTestClient.forPort(port);
		client.connect("/desk").send("drop").expectClose(1006);
		client.connect("/desk").send("close 4001").expectClose(4001);
		assertThat(client.expectRefused("/nowhere", 404).body()).isEqualTo("There is no endpoint here");
		client.connect("/desk").drop();
	}

	@Test
	void largeMessagesGoByTcp(@LocalWsPort int port) {
		try (WsTestSession desk = WsTestClient.forPort(port).connect("/desk")) {
			byte[] data = new byte[2048];
			for (int i = 0; i < 300; i++) {
				desk.send(data);
			}
			for (int i = 0; i < 300; i++) {
				desk.expectBinary(data);
			}
		}
	}

	@Test
	void whoNeedsATokenByTcpIsTold(@LocalWsPort int port) {
		WsTestClient alice = WsTestClient.forPort(port).as("alice");
		assertThatIllegalStateException().isThrownBy(() -> alice.connect("/desk"))
			.withMessageContaining("cannot be told that this is alice")
			.withMessageContaining(".token(\"...\")");
	}

	@Test
	void aServerThatIsNotThereIsTold() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			port = socket.getLocalPort();
		}
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> WsTestClient.forPort(port).connect("/desk"))
			.withMessageStartingWith("Cannot connect to ws://localhost:" + port);
	}

	@Test
	void onlyPlainAddressesWithoutAPathAreTaken() {
		for (String uri : new String[] { "wss://localhost:1", "ws://localhost:1/desk", "localhost:1" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> WsTestClient.to(uri))
				.withMessageContaining("ws://host:port");
		}
	}

}
