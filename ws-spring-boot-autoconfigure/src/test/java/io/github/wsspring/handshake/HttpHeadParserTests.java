package io.github.wsspring.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.protocol.Allocations;
import io.github.wsspring.protocol.Seed;
import io.github.wsspring.protocol.Splits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpHeadParserTests {

	private static final int MAX_HEAD = 8 * 1024;

	private static final int MAX_HEADERS = 100;

	private static final String END = "\r\n\r\n";

	/** What is read from these bytes, however they are cut. */
	private static Read read(String latin1) {
		return read(latin1.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static Read read(byte[] bytes) {
		return Splits.sameForEach(bytes, HttpHeadParserTests::read);
	}

	private static Read read(List<byte[]> pieces) {
		HttpHeadParser parser = new HttpHeadParser(MAX_HEAD, MAX_HEADERS);
		int taken = 0;
		for (byte[] piece : pieces) {
			byte[] bytes = new byte[piece.length + 5];
			System.arraycopy(piece, 0, bytes, 3, piece.length);
			taken += parser.receive(bytes, 3, 3 + piece.length) - 3;
			Arrays.fill(bytes, (byte) '!');
		}
		return new Read(parser.request(), parser.rejection(), taken);
	}

	private static UpgradeRequest request(String latin1) {
		Read read = read(latin1);
		assertThat(read.rejection()).isNull();
		assertThat(read.taken()).isEqualTo(latin1.length());
		if (read.request() == null) {
			throw new AssertionError("The head is not complete");
		}
		return read.request();
	}

	private static void assertRejected(String latin1, int status, String body) {
		Read read = read(latin1);
		assertThat(read.rejection()).isEqualTo(Rejected.of(status, body));
		assertThat(read.request()).isNull();
	}

	private record Read(@Nullable UpgradeRequest request, @Nullable Rejected rejection, int taken) {
	}

	@Nested
	class Correct {

		@Test
		void theExampleOfTheRfcIsRead() {
			UpgradeRequest request = request("GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
					+ "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
					+ "Sec-WebSocket-Version: 13" + END);
			assertThat(request).isEqualTo(Requests.UPGRADE);
		}

		@Test
		void aHeadMayHaveNoHeaders() {
			assertThat(request("GET / HTTP/1.1" + END)).isEqualTo(new UpgradeRequest("GET", "/", null, List.of()));
		}

		@ParameterizedTest
		@CsvSource(nullValues = "-", value = { "/, /, -", "/chat, /chat, -", "/chat?room=1, /chat, room=1",
				"/chat?, /chat, ''", "/a?b?c=/d, /a, b?c=/d", "//x/../y, //x/../y, -", "/%7Euser/%00, /%7Euser/%00, -",
				"http://h, /, -", "http://h/, /, -", "HTTP://h:80/a?b, /a, b", "https://h/a, /a, -",
				"ws://[::1]:8081/a, /a, -", "wss://a_b.example.org:/a, /a, -", "http://h?x=/admin, /, x=/admin" })
		void targetsAreCutIntoPathAndQuery(String target, String path, @Nullable String query) {
			UpgradeRequest request = request("GET " + target + " HTTP/1.1" + END);
			assertThat(request).isEqualTo(new UpgradeRequest("GET", path, query, List.of()));
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET", "POST", "get", "M-SEARCH", "!#$%&'*+-.^_`|~" })
		void anyTokenIsAMethod(String method) {
			assertThat(request(method + " / HTTP/1.1" + END).method()).isEqualTo(method);
		}

		@Test
		void valuesAreTrimmedButOtherwiseKept() {
			List<HttpField> headers = request(
					"GET / HTTP/1.1\r\nA:b\r\nC: \t d  e\t \r\nEmpty:\r\nBlank: \t\r\nX:y:z=\"1\"\r\nA: \u00fc\u00ff"
							+ END)
				.headers();
			assertThat(headers).containsExactly(new HttpField("A", "b"), new HttpField("C", "d  e"),
					new HttpField("Empty", ""), new HttpField("Blank", ""), new HttpField("X", "y:z=\"1\""),
					new HttpField("A", "\u00fc\u00ff"));
		}

		@Test
		void anIncompleteHeadIsNothingYet() {
			String head = "GET / HTTP/1.1\r\nHost: a" + END;
			for (int length = 0; length < head.length(); length++) {
				assertThat(read(head.substring(0, length))).isEqualTo(new Read(null, null, length));
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "\u0081\u0085", "GET / HTTP/1.1\r\n\r\n", "\r\n", "\0", "\n" })
		void bytesAfterTheHeadAreNotTaken(String following) {
			String head = "GET / HTTP/1.1\r\nHost: a" + END;
			Read read = read(head + following);
			assertThat(read).isEqualTo(read(head));
			assertThat(read.taken()).isEqualTo(head.length());
		}

	}

	/** What has led to request smuggling elsewhere (RFC 9112, section 11.2). */
	@Nested
	class Strict {

		private static final String LF = "A line of the request head ends with LF instead of CRLF";

		private static final String CR = "A CR of the request head is not followed by LF";

		private static final String CONTROL = "The request head holds a control character";

		private static final String HEADER = "A header line is not of the form 'name: value'";

		private static final String REQUEST_LINE = "The request line is not of the form 'method target version'";

		private static final String TARGET = "The request target must be a path in visible ASCII, such as /chat?room=1";

		private static final String VERSION = "The HTTP version must be HTTP/1.1";

		@ParameterizedTest
		@ValueSource(strings = { "\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\n", "GET / HTTP/1.1\r\n\n",
				"GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n" })
		void bareLineFeedsAreRefused(String head) {
			assertRejected(head, 400, LF);
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET / HTTP/1.1\rX", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", "\r\r\n",
				"GET / HTTP/1.1\r\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n" })
		void bareCarriageReturnsAreRefused(String head) {
			assertRejected(head, 400, CR);
		}

		@ParameterizedTest
		@ValueSource(strings = { " folded", "\tfolded", " ", " Host: b" })
		void foldedHeadersAreRefused(String line) {
			assertRejected("GET / HTTP/1.1\r\nHost: a\r\n" + line + END, 400, "A header continues on the next line");
			assertRejected("GET / HTTP/1.1\r\n" + line + END, 400, "A header continues on the next line");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Host : a", "Host\t: a", "Host", ": a", ":", "Ho st: a", "H\u00f6st: a", "Host(: a",
				"\"Host\": a", "Host;x" })
		void headerLinesMustBeNameAndValue(String line) {
			assertRejected("GET / HTTP/1.1\r\n" + line + END, 400, HEADER);
			assertRejected("GET / HTTP/1.1\r\nA: b\r\n" + line + "\r\nC: d" + END, 400, HEADER);
		}

		@Test
		void controlCharactersAreRefusedEverywhere() {
			for (char c = 0; c <= 0x7f; c++) {
				if ((c < 0x20 || c == 0x7f) && c != '\t' && c != '\r' && c != '\n') {
					assertRejected("G" + c + "T / HTTP/1.1" + END, 400, CONTROL);
					assertRejected("GET /" + c + " HTTP/1.1" + END, 400, CONTROL);
					assertRejected("GET / HTTP/1.1\r\nHo" + c + "st: a" + END, 400, CONTROL);
					assertRejected("GET / HTTP/1.1\r\nHost: a" + c + END, 400, CONTROL);
				}
			}
		}

		@Test
		void anEmptyRequestLineIsRefused() {
			assertRejected("\r\n", 400, "The request line is empty");
			assertRejected("\r\nGET / HTTP/1.1" + END, 400, "The request line is empty");
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET", "GET /", "GET / ", " ", "GET  / HTTP/1.1", "GET /  HTTP/1.1", " GET / HTTP/1.1",
				"GET / HTTP/1.1 ", "GET / a HTTP/1.1", "G(T / HTTP/1.1", "G\u00cbT / HTTP/1.1", "GET\t/\tHTTP/1.1" })
		void requestLinesMustBeMethodTargetAndVersion(String line) {
			Read read = read(line + END);
			assertThat(read.rejection()).isIn(Rejected.of(400, REQUEST_LINE), Rejected.of(400, VERSION));
		}

		@ParameterizedTest
		@ValueSource(strings = { "HTTP/0.9", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/2", "HTTP/3" })
		void otherVersionsAreNotSupported(String version) {
			assertRejected("GET / " + version + END, 505, VERSION);
		}

		@ParameterizedTest
		@ValueSource(
				strings = { "http/1.1", "HTTP/1.1x", "HTTP/1.10", "HTTP/11", "HTTP/", "HTTPS/1.1", "1.1", "HTTP/1,1" })
		void otherProtocolsAreRefused(String version) {
			assertRejected("GET / " + version + END, 400, VERSION);
		}

		@Test
		void thePrefaceOfHttp2IsNotSupported() {
			assertRejected("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, VERSION);
		}

		@ParameterizedTest
		@ValueSource(strings = { "*", "chat", "example.org:443", "?a", "ftp://h/", "http:/h", "http://", "http:///a",
				"http://?a", "http://user@h/", "http://user:secret@h/", "http://h:x/", "http://h#/", "http://h/#",
				"http://h\u00f6st/", "http://[::1/", "/chat#top", "/#", "/\u00fc", "/a\tb", "/chat?\u00ff" })
		void targetsMustBePathsInVisibleAscii(String target) {
			assertRejected("GET " + target + " HTTP/1.1" + END, 400, TARGET);
		}

		@Test
		void aTlsHelloIsToldOfThePlainPort() {
			Read read = read("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
			assertThat(read.rejection()).isEqualTo(Rejected.of(400,
					"This port speaks plain HTTP, but the request begins like TLS; use http:// or ws://"));
			assertThat(read.taken()).isEqualTo(1);
		}

		@Test
		void nothingIsTakenAfterARefusal() {
			String bad = "GET / HTTP/1.1\n";
			assertThat(read(bad + "\r\nGET / HTTP/1.1" + END).taken()).isEqualTo(bad.length());
		}

		@Test
		void aPipelinedRequestIsNotTakenAfterARefusal() {
			String bad = "GET * HTTP/1.1" + END;
			assertThat(read(bad + "GET / HTTP/1.1" + END).taken()).isEqualTo(bad.length());
		}

	}

	@Nested
	class Limits {

		private static String headOf(int size) {
			String begin = "GET / HTTP/1.1\r\nX: ";
			return begin + "x".repeat(size - begin.length() - END.length()) + END;
		}

		@Test
		void aHeadMayBeAsBigAsItsLimit() {
			assertThat(request(headOf(MAX_HEAD)).headers()).hasSize(1);
		}

		@Test
		void aHeadMustNotBeBiggerThanItsLimit() {
			assertRejected(headOf(MAX_HEAD + 1), 431, "The request head is over the limit of 8192 bytes");
			assertThat(read(headOf(MAX_HEAD + 1)).taken()).isEqualTo(MAX_HEAD + 1);
		}

		@Test
		void noMoreThanOneByteOverTheLimitIsTaken() {
			assertThat(read(headOf(5 * MAX_HEAD)).taken()).isEqualTo(MAX_HEAD + 1);
		}

		@Test
		void aHeadMayHaveAsManyHeadersAsItsLimit() {
			assertThat(request("GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(MAX_HEADERS) + "\r\n").headers())
				.hasSize(MAX_HEADERS);
		}

		@Test
		void aHeadMustNotHaveMoreHeadersThanItsLimit() {
			String head = "GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(MAX_HEADERS + 1);
			assertRejected(head, 431, "The request has more than 100 headers");
			assertThat(read(head + "a:b\r\n".repeat(100)).taken()).isEqualTo(head.length());
		}

		@Test
		void aRequestLineMayBeAsLongAsItsLimit() {
			String line = "GET /" + "x".repeat(HttpHeadParser.MAX_REQUEST_LINE - 16) + " HTTP/1.1\r\n";
			assertThat(line).hasSize(HttpHeadParser.MAX_REQUEST_LINE);
			assertThat(request(line + "\r\n").path()).hasSize(HttpHeadParser.MAX_REQUEST_LINE - 15);
		}

		@Test
		void aRequestLineMustNotBeLongerThanItsLimit() {
			String line = "GET /" + "x".repeat(HttpHeadParser.MAX_REQUEST_LINE - 15) + " HTTP/1.1\r\n";
			assertThat(line).hasSize(HttpHeadParser.MAX_REQUEST_LINE + 1);
			assertRejected(line + "\r\n", 414, "The request line is over the limit of 4096 bytes");
		}

		@Test
		void aByteWiseHeadIsNeitherParsedNorCopiedAgainAndAgain() {
			int size = 1024 * 1024;
			byte[] head = headOf(size).getBytes(StandardCharsets.ISO_8859_1);
			HttpHeadParser parser = new HttpHeadParser(size, MAX_HEADERS);
			long allocated = Allocations.of(() -> {
				for (int at = 0; at < head.length; at++) {
					parser.receive(head, at, at + 1);
				}
			});
			assertThat(parser.request()).isNotNull();
			assertThat(allocated).isLessThan(10L * size);
		}

	}

	@Test
	void randomHeadsGiveTheSameOutcomeHoweverTheyAreCut() {
		Random random = Seed.random(HttpHeadParserTests.class);
		byte[] head = ("GET /chat?a=b HTTP/1.1\r\nHost: a\r\nX: y" + END).getBytes(StandardCharsets.ISO_8859_1);
		String likely = "\r\n \t:/\0aGH1.";
		for (int i = 0; i < 500; i++) {
			byte[] mutated = head.clone();
			for (int j = random.nextInt(4); j >= 0; j--) {
				mutated[random.nextInt(mutated.length)] = (byte) (random.nextBoolean() ? random.nextInt(256)
						: likely.charAt(random.nextInt(likely.length())));
			}
			Read read = read(mutated);
			assertThat(read.request() == null || read.rejection() == null).isTrue();
		}
	}

}
