package io.github.wsspring.handshake;

import java.util.ArrayList;
import java.util.List;

import io.github.wsspring.handshake.DeflateNegotiation.Agreement;
import io.github.wsspring.protocol.DeflateParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeflateNegotiation}.
 */
class DeflateNegotiationTests {

	private static final String NAME = "permessage-deflate";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					permessage-deflate                                                      | permessage-deflate
					PerMessage-Deflate                                                      | permessage-deflate
					permessage-deflate; server_no_context_takeover                          | permessage-deflate; server_no_context_takeover
					permessage-deflate; client_no_context_takeover                          | permessage-deflate; client_no_context_takeover
					permessage-deflate; client_max_window_bits                              | permessage-deflate
					permessage-deflate; client_max_window_bits=8                            | permessage-deflate
					permessage-deflate; server_max_window_bits=8                            | permessage-deflate; server_max_window_bits=8
					permessage-deflate; server_max_window_bits="9"                          | permessage-deflate; server_max_window_bits=9
					permessage-deflate; server_max_window_bits=15                           | permessage-deflate; server_max_window_bits=15
					permessage-deflate; client_no_context_takeover; client_max_window_bits; server_max_window_bits=12; server_no_context_takeover | permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12
					""")
	void whereContextsMayBeTakenOverTheClientDecides(String offer, String answer) {
		assertThat(answer(true, offer)).isEqualTo(answer);
	}

	@Test
	void whereContextsMayNotBeTakenOverBothSidesAreToldSo() {
		String alone = NAME + "; server_no_context_takeover; client_no_context_takeover";
		assertThat(answer(false, NAME)).isEqualTo(alone);
		assertThat(answer(false, NAME + "; server_no_context_takeover")).isEqualTo(alone);
		assertThat(answer(false, NAME + "; client_no_context_takeover; server_no_context_takeover")).isEqualTo(alone);
		assertThat(answer(false, NAME + "; server_max_window_bits=10; client_max_window_bits"))
			.isEqualTo(alone + "; server_max_window_bits=10");
	}

	@Test
	void allLegalOffersInEachOrderAreAnsweredWithWhatIsThenDone() {
		List<String> parameters = List.of("server_no_context_takeover", "client_no_context_takeover",
				"server_max_window_bits=11", "client_max_window_bits=10");
		List<List<String>> offers = new ArrayList<>();
		arrange(List.of(), parameters, offers);
		assertThat(offers).hasSize(65);
		for (List<String> offer : offers) {
			for (boolean takeover : new boolean[] { true, false }) {
				Agreement agreement = negotiate(takeover,
						String.join("; ", offer.isEmpty() ? List.of(NAME) : List.of(NAME, String.join("; ", offer))));
				assertThat(agreement).isNotNull();
				boolean server = !takeover || offer.contains(parameters.get(0));
				boolean client = !takeover || offer.contains(parameters.get(1));
				boolean window = offer.contains(parameters.get(2));
				assertThat(agreement.parameters()).isEqualTo(new DeflateParameters(server, client, window ? 11 : 15));
				assertThat(agreement.header().contains("server_no_context_takeover")).isEqualTo(server);
				assertThat(agreement.header().contains("client_no_context_takeover")).isEqualTo(client);
				assertThat(agreement.header().contains("server_max_window_bits=11")).isEqualTo(window);
				assertThat(agreement.header()).doesNotContain("client_max_window_bits");
			}
		}
	}

	private static void arrange(List<String> chosen, List<String> left, List<List<String>> all) {
		all.add(chosen);
		for (String next : left) {
			List<String> longer = new ArrayList<>(chosen);
			longer.add(next);
			List<String> rest = new ArrayList<>(left);
			rest.remove(next);
			arrange(longer, rest, all);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 9, 10, 11, 12, 13, 14, 15 })
	void eachWindowIsPossible(int bits) {
		Agreement agreement = negotiate(false, NAME + "; server_max_window_bits=" + bits);
		assertThat(agreement).isNotNull();
		assertThat(agreement.parameters().serverMaxWindowBits()).isEqualTo(bits);
		assertThat(negotiate(false, NAME + "; client_max_window_bits=" + bits)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "7", "16", "08", "015", "+9", "-9", "9.0", "1", "99999999999999999999", "0x9", "nine",
			"\"16\"", "\"08\"" })
	void oddWindowsAreDeclined(String bits) {
		assertThat(negotiate(true, NAME + "; server_max_window_bits=" + bits)).isNull();
		assertThat(negotiate(true, NAME + "; client_max_window_bits=" + bits)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server_max_window_bits", "server_no_context_takeover=1",
			"client_no_context_takeover=true", "server_no_context_takeover=\"1\"",
			"server_no_context_takeover; server_no_context_takeover",
			"client_no_context_takeover; client_no_context_takeover",
			"server_max_window_bits=9; server_max_window_bits=9", "client_max_window_bits; client_max_window_bits",
			"client_max_window_bits; client_max_window_bits=9", "unknown", "unknown=1", "mem_level=8",
			"SERVER_NO_CONTEXT_TAKEOVER" })
	void illegalParametersAreDeclinedAndTheNextOfferTaken(String parameters) {
		assertThat(negotiate(true, NAME + "; " + parameters)).isNull();
		assertThat(answer(true, NAME + "; " + parameters + ", " + NAME)).isEqualTo(NAME);
		assertThat(answer(true, NAME + "; " + parameters, NAME + "; server_max_window_bits=9"))
			.isEqualTo(NAME + "; server_max_window_bits=9");
	}

	@Test
	void firstLegalOfferIsTaken() {
		assertThat(answer(true, "x-webkit-deflate-frame, " + NAME + "; server_max_window_bits=10, " + NAME))
			.isEqualTo(NAME + "; server_max_window_bits=10");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "permessage-bzip2", "x-permessage-deflate", "permessage-deflate-2", "deflate" })
	void withoutAnOfferThereIsNoAgreement(String header) {
		assertThat(negotiate(true, header)).isNull();
	}

	@Test
	void thousandOffersAreNoTrouble() {
		String illegal = NAME + "; server_max_window_bits=16, ";
		assertThat(negotiate(true, (illegal.repeat(1_000)))).isNull();
		assertThat(answer(true, illegal.repeat(1_000) + NAME)).isEqualTo(NAME);
		assertThat(negotiate(true, NAME + "; client_max_window_bits".repeat(1_000))).isNull();
	}

	private static @Nullable String answer(boolean contextTakeover, String... headers) {
		Agreement agreement = negotiate(contextTakeover, headers);
		return (agreement != null) ? agreement.header() : null;
	}

	private static @Nullable Agreement negotiate(boolean contextTakeover, String... headers) {
		List<HttpField> fields = new ArrayList<>();
		for (String header : headers) {
			fields.add(new HttpField("Sec-WebSocket-Extensions", header));
		}
		return DeflateNegotiation.negotiate(new UpgradeRequest("GET", "/", null, fields), contextTakeover);
	}

}
