package io.github.wsspring.conformance;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the tester's own compression.
 */
class DeflateTests {

	@ParameterizedTest
	@CsvSource({ "15,true", "15,false", "10,true", "9,true", "9,false", "8,true" })
	void whatIsDeflatedInAWindowInflatesInThatWindow(int windowBits, boolean takesOver) throws Violation {
		Inflate inflate = new Inflate(windowBits, takesOver);
		Random random = new Random(windowBits);
		for (DataFile file : new DataFile[] { DataFile.json(1), DataFile.bitmap(1), DataFile.pdf(1) }) {
			try (Deflate deflate = new Deflate(windowBits, takesOver)) {
				inflate = new Inflate(windowBits, takesOver);
				for (int i = 0; i < 40; i++) {
					byte[] content = file.windows(random.nextInt(1, 9000)).get().next();
					assertThat(inflate.message(deflate.message(content))).isEqualTo(content);
				}
			}
		}
	}

	@Test
	void referenceBeyondTheWindowIsRefused() throws Violation {
		byte[] content = DataFile.json(1).windows(8192).get().next();
		try (Deflate deflate = new Deflate(15, true)) {
			byte[] compressed = deflate.message(content);
			assertThat(new Inflate(15, true).message(compressed)).isEqualTo(content);
			assertThatExceptionOfType(Violation.class).isThrownBy(() -> new Inflate(9, true).message(compressed));
		}
	}

	@Test
	void referenceToAMessageBeforeIsRefusedWithoutTakeover() throws Violation {
		byte[] content = DataFile.json(1).windows(500).get().next();
		try (Deflate deflate = new Deflate(15, true)) {
			Inflate inflate = new Inflate(15, false);
			inflate.message(deflate.message(content));
			byte[] second = deflate.message(content);
			assertThatExceptionOfType(Violation.class).isThrownBy(() -> inflate.message(second));
		}
	}

	// RFC 7692 7.2.3: compressed, stored, with BFINAL set, and in two blocks
	@ParameterizedTest
	@ValueSource(
			strings = { "f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000", "f248050000 00ffffcac9c90700" })
	void examplesOfTheRfcAreHello(String compressed) throws Violation {
		assertThat(new Inflate(15, true).message(Hex.octets(compressed))).asString().isEqualTo("Hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "06", "f248cd", "000500fbff48656c6c6f00", "0700", "f248cdc9c907" })
	void nonsenseIsRefused(String compressed) {
		assertThatExceptionOfType(Violation.class)
			.isThrownBy(() -> new Inflate(15, true).message(Hex.octets(compressed)));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=7",
					"permessage-deflate; server_max_window_bits=16", "permessage-deflate; client_max_window_bits",
					"permessage-deflate; server_no_context_takeover; server_no_context_takeover",
					"permessage-deflate; server_no_context_takeover=1", "permessage-deflate; other", "x-deflate",
					"permessage-deflate, permessage-deflate" })
	void illegalAnswersAreRefused(String header) {
		assertThatExceptionOfType(Violation.class).isThrownBy(() -> DeflateAgreement.parse(header));
	}

}
