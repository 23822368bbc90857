package io.github.wsspring.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.wsspring.handshake.ExtensionOffers.Offer;
import io.github.wsspring.handshake.ExtensionOffers.Parameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExtensionOffers}.
 */
class ExtensionOffersTests {

	private static final long SEED = Long.getLong("seed", System.nanoTime());

	@Test
	void withoutAHeaderThereAreNoOffers() {
		assertThat(offers()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", " , ,\t, " })
	void emptyElementsAreIgnored(String header) {
		assertThat(offers(header)).isEmpty();
		assertThat(offers(header + ",a" + "," + header)).containsExactly(new Offer("a", List.of()));
	}

	@Test
	void offersAndParametersKeepTheirOrder() {
		assertThat(offers("a; x; y=1, b, a;z=\"2\"", "c;w")).containsExactly(
				new Offer("a", List.of(new Parameter("x", null), new Parameter("y", "1"))), new Offer("b", List.of()),
				new Offer("a", List.of(new Parameter("z", "2"))), new Offer("c", List.of(new Parameter("w", null))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a;x=1", "a ;x=1", "a; x=1", " a\t;\tx = 1 ", "a;x=\"1\"", "a;x= \"1\"", "a;x=\"\\1\"" })
	void blanksAndQuotesMakeNoDifference(String header) {
		assertThat(offers(header)).containsExactly(new Offer("a", List.of(new Parameter("x", "1"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { ";", "a;", "a;;b", "a;=1", "a;x=", "a;x=,b", "=1", "a=1", "a b", "a;x y", "a;x=1 2", "a/b",
			"a;x=\"", "a;x=\"1", "a;x=\"\"", "a;x=\"1 2\"", "a;x=\"1\\", "a;x=\"1\\\"", "a;x=\"1\"2", "\"a\"",
			"a;\"x\"", "a;x='1 2'", "a, b;", "ä", "a;x={1}" })
	void whatIsNoListOfExtensionsIsMalformed(String header) {
		assertThat(offers(header)).isNull();
		assertThat(offers("good, " + header)).isNull();
		assertThat(offers("good", header)).isNull();
		UpgradeRequest request = request(header);
		assertThat(Handshake.check(request)).isNotNull().satisfies((rejected) -> {
			assertThat(rejected.status()).isEqualTo(400);
			assertThat(rejected.body()).contains("Sec-WebSocket-Extensions");
		});
		assertThat(DeflateNegotiation.negotiate(request, true)).isNull();
	}

	@Test
	void randomHeadersMakeNoFailure() {
		Random random = new Random(SEED);
		String alphabet = "ab;=,\"\\ \t1";
		for (int i = 0; i < 50_000; i++) {
			StringBuilder header = new StringBuilder();
			for (int length = random.nextInt(16); length > 0; length--) {
				header.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			List<Offer> offers = offers(header.toString());
			if (offers != null) {
				assertThat(offers).as("seed %d: %s", SEED, header)
					.allSatisfy((offer) -> assertThat(offer.name()).matches("[ab1]+"));
			}
		}
	}

	private static @Nullable List<Offer> offers(String... headers) {
		return ExtensionOffers.of(request(headers));
	}

	private static UpgradeRequest request(String... headers) {
		List<HttpField> fields = new ArrayList<>(
				List.of(new HttpField("Host", "localhost"), new HttpField("Upgrade", "websocket"),
						new HttpField("Connection", "Upgrade"), new HttpField("Sec-WebSocket-Version", "13"),
						new HttpField("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")));
		for (String header : headers) {
			fields.add(new HttpField("sec-websocket-EXTENSIONS", header));
		}
		return new UpgradeRequest("GET", "/", null, fields);
	}

}
