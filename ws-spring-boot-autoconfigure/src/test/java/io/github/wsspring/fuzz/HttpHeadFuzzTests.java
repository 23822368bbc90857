package io.github.wsspring.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.handshake.DeflateNegotiation;
import io.github.wsspring.handshake.DeflateNegotiation.Agreement;
import io.github.wsspring.handshake.Handshake;
import io.github.wsspring.handshake.HttpHeadParser;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.handshake.UpgradeOutcome;
import io.github.wsspring.handshake.UpgradeOutcome.Accepted;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.handshake.UpgradeRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes the head of an upgrade request, and what is made of it up to the answer.
 */
class HttpHeadFuzzTests {

	private static final int MAX_HEAD = 512;

	private static final int MAX_HEADERS = 12;

	private static final OriginPolicy LISTED = OriginPolicy
		.listed(List.of("https://example.org", "https://*.example.org"));

	/** What is said to be strict: lines end with CRLF, and neither occurs elsewhere. */
	private static final Pattern HEAD = Pattern.compile("[^\\p{Cntrl}]+\r\n([^\\p{Cntrl} :]+:[^\r\n\0]*\r\n)*\r\n");

	private static final Pattern RESPONSE = Pattern
		.compile("HTTP/1\\.1 [1-5][0-9]{2} [ -~]*\r\n([!-9;-~]+: [\\x20-\\x7e\\x80-\\xff\\t]*\r\n)+\r\n([ -~]*\n)?");

	@FuzzTest
	void anySplitGivesTheSameAnswer(byte[] bytes) {
		FuzzInput input = FuzzInput.of(bytes);
		assertThat(answer(input, input.pieces())).isEqualTo(answer(input, input.whole()));
	}

	private static String answer(FuzzInput input, List<byte[]> pieces) {
		HttpHeadParser parser = new HttpHeadParser(MAX_HEAD, MAX_HEADERS);
		int taken = 0;
		for (byte[] piece : pieces) {
			taken += parser.receive(piece, 0, piece.length);
		}
		assertThat(taken).isLessThanOrEqualTo(MAX_HEAD + 1);
		UpgradeRequest request = parser.request();
		Rejected rejection = parser.rejection();
		if (request != null) {
			assertThat(rejection).isNull();
			String head = new String(input.bytes(), 0, taken, StandardCharsets.ISO_8859_1);
			assertThat(head).matches(HEAD);
			assertThat(head.indexOf("\r\n\r\n")).isEqualTo(taken - 4);
			assertThat(request.headers()).hasSizeLessThanOrEqualTo(MAX_HEADERS);
			assertThat(request.path()).startsWith("/");
			return taken + " " + request.headers() + respond(request);
		}
		return taken + " " + ((rejection != null) ? response(rejection) : "");
	}

	private static String respond(UpgradeRequest request) {
		String facts = request + " " + request.query() + " " + request.cookie("ws_token")
				+ OriginPolicy.SAME_HOST.allows(request) + LISTED.allows(request);
		Rejected rejection = Handshake.check(request);
		if (rejection != null) {
			return facts + response(rejection);
		}
		List<String> subprotocols = request.subprotocols();
		Agreement agreement = DeflateNegotiation.negotiate(request, true);
		return facts
				+ response(new Accepted(Handshake.key(request), subprotocols.isEmpty() ? null : subprotocols.get(0),
						(agreement != null) ? agreement.header() : null, List.of()));
	}

	private static String response(UpgradeOutcome outcome) {
		String response = new String(Handshake.response(outcome), StandardCharsets.ISO_8859_1);
		assertThat(response).matches(RESPONSE);
		return response;
	}

}
