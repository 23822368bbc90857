package io.github.wsspring.test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requirements for {@link ClientHandshake}.
 */
class ClientHandshakeTests {

	private final ClientHandshake handshake = new ClientHandshake("dGhlIHNhbXBsZSBub25jZQ==", List.of("v2", "v1"));

	private static HttpHeaders accepted() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Upgrade", "websocket");
		headers.set("Connection", "Upgrade");
		headers.set("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
		return headers;
	}

	@Test
	void theRequestIsThatOfTheRfc() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("X-Who", "me");
		assertThat(new String(this.handshake.request("/a b/\u00fc?x=%20", "localhost:1", headers),
				StandardCharsets.ISO_8859_1))
			.isEqualTo("GET /a%20b/%C3%BC?x=%20 HTTP/1.1\r\nHost: localhost:1\r\nUpgrade: websocket\r\n"
					+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v2, v1\r\n"
					+ "X-Who: me\r\n\r\n");
		assertThatIllegalArgumentException().isThrownBy(() -> this.handshake.request("x", "localhost", headers));
	}

	@Test
	void theAnswerIsRead() {
		ClientHandshake.Answer answer = ClientHandshake.answer("HTTP/1.1 403 Forbidden\r\nA: 1\r\na:2\r\n\r\n");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.headers().get("A")).containsExactly("1", "2");
	}

	@ParameterizedTest
	@CsvSource({ "SSH-2.0", "HTTP/1.1", "HTTP/1.1 abc" })
	void whatIsNoHttpFails(String line) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> ClientHandshake.answer(line + "\r\n\r\n"))
			.withMessageContaining("is not HTTP: " + line);
	}

	@Test
	void aLineThatIsNoHeaderFails() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ClientHandshake.answer("HTTP/1.1 101 Go\r\nnothing\r\n\r\n"))
			.withMessageContaining("no header: nothing");
	}

	@Test
	void aCorrectAnswerIsTaken() {
		assertThat(this.handshake.check(accepted())).isNull();
		HttpHeaders headers = accepted();
		headers.set("Sec-WebSocket-Protocol", "v1");
		assertThat(this.handshake.check(headers)).isEqualTo("v1");
	}

	@ParameterizedTest
	@CsvSource({ "Upgrade, h2c, Upgrade: websocket", "Connection, close, Connection: Upgrade",
			"Sec-WebSocket-Accept, x, wrong Sec-WebSocket-Accept", "Sec-WebSocket-Protocol, v3, not offered: v3",
			"Sec-WebSocket-Extensions, permessage-deflate, extension that was not offered" })
	void aWrongAnswerFails(String header, String value, String rule) {
		HttpHeaders headers = accepted();
		headers.set(header, value);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.handshake.check(headers))
			.withMessageContaining("RFC 6455")
			.withMessageContaining(rule);
	}

}
