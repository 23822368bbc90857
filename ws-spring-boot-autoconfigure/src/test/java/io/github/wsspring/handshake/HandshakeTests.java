package io.github.wsspring.handshake;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.wsspring.handshake.UpgradeOutcome.Accepted;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HandshakeTests {

	private static final Rejected NOT_AN_UPGRADE = Rejected.of(426,
			"This is a WebSocket endpoint: send 'Connection: Upgrade' and 'Upgrade: websocket'; behind a proxy, have it pass both on")
		.with("Upgrade", "websocket")
		.with("Sec-WebSocket-Version", "13");

	private static final Rejected WRONG_VERSION = Rejected.of(426, "The only Sec-WebSocket-Version here is 13")
		.with("Upgrade", "websocket")
		.with("Sec-WebSocket-Version", "13");

	private static final Rejected BODY = Rejected.of(400,
			"A request to upgrade has no body: remove Content-Length and Transfer-Encoding");

	private static final Rejected HOST = Rejected.of(400, "There must be one Host header");

	private static final Rejected KEY = Rejected.of(400, "There must be one Sec-WebSocket-Key: 16 bytes in Base64");

	private static final Rejected SUBPROTOCOLS = Rejected.of(400,
			"Sec-WebSocket-Protocol must be a list of different tokens");

	/** RFC 6455, section 4.2.1. */
	@Nested
	class Check {

		@Test
		void theExampleOfTheRfcIsCorrect() {
			assertThat(Handshake.check(Requests.UPGRADE)).isNull();
			assertThat(Handshake.check(Requests.upgradeWith("Origin: http://example.com",
					"Sec-WebSocket-Protocol: chat, superchat", "Sec-WebSocket-Extensions: permessage-deflate", "X: y")))
				.isNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "POST", "HEAD", "get", "CONNECT", "OPTIONS" })
		void theMethodMustBeGet(String method) {
			UpgradeRequest request = new UpgradeRequest(method, "/", null, Requests.UPGRADE.headers());
			assertThat(Handshake.check(request))
				.isEqualTo(Rejected.of(405, "A WebSocket upgrade uses GET").with("Allow", "GET"));
		}

		@Test
		void thereMustBeOneHost() {
			assertThat(Handshake.check(Requests.upgradeWithout("Host"))).isEqualTo(HOST);
			assertThat(Handshake.check(Requests.upgradeWith("host: server.example.com"))).isEqualTo(HOST);
		}

		@ParameterizedTest
		@ValueSource(strings = { "Upgrade: WebSocket", "Upgrade: h2c, websocket", "Connection: upgrade",
				"Connection: keep-alive, Upgrade", "Connection: ,UPGRADE ,", "Content-Length: 0" })
		void upgradeAndConnectionAreListsInAnyCase(String line) {
			assertThat(Handshake.check(Requests.upgradeBut(line))).isNull();
		}

		@ParameterizedTest
		@ValueSource(strings = { "Upgrade: h2c", "Upgrade: websockets", "Upgrade: web socket", "Upgrade: websocket/13",
				"Upgrade:", "Connection: close", "Connection: keep-alive", "Connection: upgrades" })
		void aRequestWithoutUpgradeIsToldToUpgrade(String line) {
			assertThat(Handshake.check(Requests.upgradeBut(line))).isEqualTo(NOT_AN_UPGRADE);
			assertThat(Handshake.check(Requests.upgradeWithout(line.substring(0, line.indexOf(':')))))
				.isEqualTo(NOT_AN_UPGRADE);
		}

		@Test
		void upgradeMayBeOnAnotherLine() {
			assertThat(Handshake.check(Requests.of("Host: a", "Connection: keep-alive", "Connection: Upgrade",
					"Upgrade: h2c", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
					"Sec-WebSocket-Version: 13")))
				.isNull();
		}

		@Test
		void theVersionMustBeThere() {
			assertThat(Handshake.check(Requests.upgradeWithout("Sec-WebSocket-Version")))
				.isEqualTo(Rejected.of(400, "The header Sec-WebSocket-Version is missing"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "8", "12", "14", "013", "", "13, 8", "a" })
		void otherVersionsAreToldOurs(String version) {
			assertThat(Handshake.check(Requests.upgradeBut("Sec-WebSocket-Version: " + version)))
				.isEqualTo(WRONG_VERSION);
		}

		@Test
		void theVersionMustBeThereOnce() {
			assertThat(Handshake.check(Requests.upgradeWith("Sec-WebSocket-Version: 13"))).isEqualTo(WRONG_VERSION);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "abc", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=",
				"dGhlIHNhbXBsZSBub25jZXh4", "dGhlIHNhbXBsZSBub25jZXg=", "dGhlIHNhbXBsZSBub25j*Q==",
				"dGhlIHNhbXBsZSBub25j_Q==", "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==" })
		void theKeyMustBe16BytesInBase64(String key) {
			assertThat(Handshake.check(Requests.upgradeBut("Sec-WebSocket-Key: " + key))).isEqualTo(KEY);
		}

		@Test
		void theKeyMustBeThereOnce() {
			assertThat(Handshake.check(Requests.upgradeWithout("Sec-WebSocket-Key"))).isEqualTo(KEY);
			assertThat(Handshake.check(Requests.upgradeWith("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")))
				.isEqualTo(KEY);
		}

		@ParameterizedTest
		@ValueSource(strings = { "Content-Length: 1", "Content-Length: 00", "Content-Length:", "Content-Length: -0",
				"Content-Length: 0, 5", "Transfer-Encoding: chunked", "Transfer-Encoding: identity",
				"Transfer-Encoding:" })
		void aRequestToUpgradeHasNoBody(String line) {
			assertThat(Handshake.check(Requests.upgradeWith(line))).isEqualTo(BODY);
		}

		@Test
		void aSecondContentLengthIsSeen() {
			assertThat(Handshake.check(Requests.upgradeWith("Content-Length: 0", "Content-Length: 9"))).isEqualTo(BODY);
		}

		@ParameterizedTest
		@ValueSource(strings = { "chat, chat", "a b", "a, \"b\"", "a/b", "a;b=c", "caf\u00e9" })
		void subprotocolsMustBeDifferentTokens(String value) {
			assertThat(Handshake.check(Requests.upgradeWith("Sec-WebSocket-Protocol: " + value)))
				.isEqualTo(SUBPROTOCOLS);
		}

		@Test
		void subprotocolsMayComeOnSeveralLinesButOnlyOnceEach() {
			assertThat(
					Handshake.check(Requests.upgradeWith("Sec-WebSocket-Protocol: a", "Sec-WebSocket-Protocol: A,b")))
				.isNull();
			assertThat(Handshake.check(Requests.upgradeWith("Sec-WebSocket-Protocol: a", "Sec-WebSocket-Protocol: a")))
				.isEqualTo(SUBPROTOCOLS);
		}

		@Test
		void theKeyOfACheckedRequestIsThere() {
			assertThat(Handshake.key(Requests.UPGRADE)).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
			UpgradeRequest unchecked = Requests.upgradeWithout("Sec-WebSocket-Key");
			assertThatIllegalStateException().isThrownBy(() -> Handshake.key(unchecked));
		}

	}

	/** RFC 6455, section 4.2.2. */
	@Nested
	class Response {

		private static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

		private static String written(UpgradeOutcome outcome) {
			return new String(Handshake.response(outcome), StandardCharsets.ISO_8859_1);
		}

		@Test
		void theKeyOfSection13IsAcceptedAsWrittenThere() {
			assertThat(Handshake.acceptFor(SAMPLE_KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
		}

		@Test
		void theAnswerIsA101() {
			assertThat(written(new Accepted(SAMPLE_KEY, null, null, List.of())))
				.isEqualTo("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
						+ "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
		}

		@Test
		void theAnswerBringsSubprotocolExtensionsAndFurtherHeaders() {
			assertThat(written(new Accepted(SAMPLE_KEY, "chat", "permessage-deflate",
					Requests.fields("Set-Cookie: a=\u00fc", "Set-Cookie: b=2"))))
				.isEqualTo("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
						+ "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n"
						+ "Sec-WebSocket-Extensions: permessage-deflate\r\nSet-Cookie: a=\u00fc\r\nSet-Cookie: b=2\r\n\r\n");
		}

		@ParameterizedTest
		@ValueSource(strings = { "chat\r\nX: y", "chat\n", "chat\0" })
		void nothingGetsALineOfItsOwnIntoTheAnswer(String value) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> Handshake.response(new Accepted(SAMPLE_KEY, value, null, List.of())));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> Handshake.response(new Accepted(SAMPLE_KEY, null, value, List.of())));
			assertThatIllegalArgumentException().isThrownBy(() -> Rejected.of(403, "no").with("X", value));
			assertThatIllegalArgumentException().isThrownBy(() -> Rejected.of(403, "no").with(value, "x"));
		}

		@Test
		void aRefusalClosesTheConnection() {
			assertThat(written(Rejected.of(404, "There is no endpoint here")))
				.isEqualTo("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
						+ "Content-Length: 26\r\nCache-Control: no-store\r\n\r\nThere is no endpoint here\n");
		}

		@Test
		void aRefusalThatAsksForAnUpgradeSaysSoInConnection() {
			assertThat(written(WRONG_VERSION))
				.isEqualTo("HTTP/1.1 426 Upgrade Required\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n"
						+ "Sec-WebSocket-Version: 13\r\nContent-Type: text/plain; charset=utf-8\r\n"
						+ "Content-Length: 42\r\nCache-Control: no-store\r\n\r\n"
						+ "The only Sec-WebSocket-Version here is 13\n");
		}

		@Test
		void theBodyOfARefusalIsOneLineOfAscii() {
			String response = written(Rejected.of(403, "a\r\n\r\nHTTP/1.1 200 \u00fc\u20ac"));
			assertThat(response)
				.endsWith("Content-Length: 21\r\nCache-Control: no-store\r\n\r\na????HTTP/1.1 200 ??\n");
		}

		@Test
		void theBodyOfARefusalIsCut() {
			assertThat(written(Rejected.of(403, "x".repeat(501)))).contains("\r\nContent-Length: 501\r\n")
				.endsWith("\r\n\r\n" + "x".repeat(500) + "\n");
		}

		@ParameterizedTest
		@ValueSource(strings = { "200 OK", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found",
				"405 Method Not Allowed", "408 Request Timeout", "414 URI Too Long", "426 Upgrade Required",
				"429 Too Many Requests", "431 Request Header Fields Too Large", "500 Internal Server Error",
				"503 Service Unavailable", "505 HTTP Version Not Supported", "418 " })
		void theStatusLineNamesTheStatus(String status) {
			assertThat(written(Rejected.of(Integer.parseInt(status.substring(0, 3)), "")))
				.startsWith("HTTP/1.1 " + status + "\r\n");
		}

		@ParameterizedTest
		@ValueSource(ints = { 0, 100, 101, 199, 600, 1000 })
		void otherStatusesCannotRefuse(int status) {
			assertThatIllegalArgumentException().isThrownBy(() -> Rejected.of(status, ""));
		}

	}

}
