package io.github.wsspring.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.handshake.DeflateNegotiation;
import io.github.wsspring.handshake.DeflateNegotiation.Agreement;
import io.github.wsspring.handshake.Handshake;
import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes {@code Sec-WebSocket-Extensions} and what is agreed on.
 */
class ExtensionOfferFuzzTests {

	private static final List<HttpField> UPGRADE = List.of(new HttpField("Host", "localhost"),
			new HttpField("Upgrade", "websocket"), new HttpField("Connection", "Upgrade"),
			new HttpField("Sec-WebSocket-Version", "13"),
			new HttpField("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="));

	private static final Pattern ANSWER = Pattern.compile("permessage-deflate(; server_no_context_takeover)?"
			+ "(; client_no_context_takeover)?(; server_max_window_bits=([89]|1[0-5]))?");

	@FuzzTest
	void whatIsAgreedOnWasOffered(byte[] bytes) {
		String offers = new String(bytes, StandardCharsets.ISO_8859_1);
		if (offers.chars().anyMatch((c) -> (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)) {
			return;
		}
		UpgradeRequest request = request(offers.split("\n"));
		boolean wellFormed = Handshake.check(request) == null;
		for (boolean contextTakeover : new boolean[] { true, false }) {
			Agreement agreement = DeflateNegotiation.negotiate(request, contextTakeover);
			if (agreement != null) {
				assertThat(wellFormed).isTrue();
				check(agreement, offers, contextTakeover);
			}
		}
	}

	private static void check(Agreement agreement, String offers, boolean contextTakeover) {
		assertThat(offers).containsIgnoringCase("permessage-deflate");
		assertThat(agreement.header()).matches(ANSWER);
		if (!contextTakeover) {
			assertThat(agreement.parameters().serverNoContextTakeover()).isTrue();
			assertThat(agreement.parameters().clientNoContextTakeover()).isTrue();
		}
		if (agreement.header().contains("server_max_window_bits")) {
			assertThat(offers).contains("server_max_window_bits");
		}
		// an answer is an offer, too
		assertThat(DeflateNegotiation.negotiate(request(agreement.header()), true)).isEqualTo(agreement);
	}

	private static UpgradeRequest request(String... offers) {
		List<HttpField> headers = new ArrayList<>(UPGRADE);
		for (String offer : offers) {
			headers.add(new HttpField("Sec-WebSocket-Extensions", offer));
		}
		return new UpgradeRequest("GET", "/", null, headers);
	}

}
