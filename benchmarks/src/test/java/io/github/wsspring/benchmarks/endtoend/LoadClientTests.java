package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.benchmarks.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Requirements for {@link LoadClient}.
 */
@Timeout(30)
class LoadClientTests {

	private static final String ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Accept: " + ClientConnection.ACCEPT + "\r\n\r\n";

	@Test
	void anAnswerThatDiffersInOneByteIsAFailure() {
		// 8 bytes of text: "00" and the beginning of the pattern, but for the last byte
		assertThatThrownBy(() -> run(ACCEPTED, "8108" + "30307b2274797000")).isInstanceOf(IOException.class)
			.hasMessageContaining("did not come back as it was sent");
	}

	@Test
	void anAnswerThatIsTooShortIsAFailure() {
		assertThatThrownBy(() -> run(ACCEPTED, "8107" + "30307b22747970")).isInstanceOf(IOException.class)
			.hasMessageContaining("cut off");
	}

	@Test
	void anAnswerOfAnotherKindIsAFailure() {
		assertThatThrownBy(() -> run(ACCEPTED, "8208" + "30307b2274797065")).isInstanceOf(IOException.class)
			.hasMessageContaining("82");
	}

	@Test
	void anUpgradeWithTheWrongAcceptIsAFailure() {
		assertThatThrownBy(() -> run(ACCEPTED.replace(ClientConnection.ACCEPT, "AAAA"), ""))
			.isInstanceOf(IOException.class)
			.hasMessageContaining("The upgrade was answered by");
	}

	private static void run(String head, String frame) throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture.runAsync(() -> answer(server, head, frame));
			try (LoadClient client = new LoadClient(server.getLocalPort())) {
				MessageLoad load = new MessageLoad(client, client.open("/echo", 1, Messages.text(Texts.ASCII, 8), 1), 1,
						1);
				client.run(load, Duration.ofSeconds(5), Duration.ofSeconds(5), () -> 0);
			}
		}
	}

	private static void answer(ServerSocket server, String head, String frame) {
		try (Socket socket = server.accept()) {
			socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().write(HexFormat.of().parseHex(frame));
			while (socket.getInputStream().read() >= 0) {
				// until the client has had enough
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
