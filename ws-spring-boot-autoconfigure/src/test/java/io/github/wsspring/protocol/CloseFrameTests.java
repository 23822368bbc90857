package io.github.wsspring.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CloseFrameTests {

	@ParameterizedTest
	@CsvSource({ "'', 1005", "03e8, 1000", "03e9 627965, 1001 bye", "1387 e282ac, 4999 \u20ac" })
	void payloadsAreRead(String hex, String status) throws ProtocolException {
		assertThat(CloseFrame.parse(Hex.bytes(hex))).hasToString(status);
	}

	@ParameterizedTest
	@CsvSource({ "03, 1002 close frame of one byte", "03ed, 1002 close code 1005 may not be sent",
			"03ee, 1002 close code 1006 may not be sent", "03f7, 1002 close code 1015 may not be sent",
			"ffff, 1002 close code 65535 may not be sent", "03e8 c3, 1007 close reason is not UTF-8",
			"03e8 c0af, 1007 close reason is not UTF-8" })
	void payloadsThatMayNotBeSentAreRefused(String hex, String status) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> CloseFrame.parse(Hex.bytes(hex)))
			.satisfies((ex) -> assertThat(ex.status()).hasToString(status));
	}

	@Test
	void noStatusIsAnEmptyPayload() {
		assertThat(CloseFrame.payload(CloseStatus.NO_STATUS)).isEmpty();
		assertThat(CloseFrame.payload(new CloseStatus(1005, "nobody will read this"))).isEmpty();
	}

	@Test
	void whatIsWrittenCanBeRead() throws ProtocolException {
		for (int code = 1000; code <= 4999; code++) {
			if (CloseStatus.isSendable(code)) {
				CloseStatus status = new CloseStatus(code, "\u20ac".repeat(code % 42));
				assertThat(CloseFrame.parse(CloseFrame.payload(status))).isEqualTo(status);
			}
		}
	}

}
