package io.github.wsspring.handshake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class HttpFieldTests {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "X Y", "X:", "X\r\nY", "X\n", "X\0", "\u00dcber", "X(", "\"X\"", "X\u0130" })
	void namesAreTokens(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new HttpField(name, "v"));
	}

	@Test
	void valuesHoldNoControlCharactersAndNothingBeyondLatin1() {
		for (int c = 0; c <= 0xffff; c++) {
			String value = "a" + (char) c + "b";
			boolean allowed = c == '\t' || (c >= 0x20 && c <= 0x7e) || (c >= 0x80 && c <= 0xff);
			if (allowed) {
				assertThatNoException().isThrownBy(() -> new HttpField("X", value));
			}
			else if (c < 0x200 || c % 251 == 0 || (c & 0xff) == '\r' || (c & 0xff) == '\n') {
				assertThatIllegalArgumentException().isThrownBy(() -> new HttpField("X", value));
			}
		}
	}

	@Test
	void aFaultIsToldInWordsThatAreSafeToLog() {
		assertThatIllegalArgumentException().isThrownBy(() -> new HttpField("X", "a\r\nSet-Cookie: b"))
			.withMessage(
					"The value of the header X holds a control character or one beyond Latin-1: 'a??Set-Cookie: b'; remove it or percent-encode it");
		assertThatIllegalArgumentException().isThrownBy(() -> new HttpField("a\r\nb", "x"))
			.withMessage(
					"'a??b' is not a header name; use letters, digits and !#$%&'*+-.^_`|~ only (RFC 9110, section 5.6.2)");
	}

	@Test
	void emptyValuesAreAllowed() {
		assertThat(new HttpField("X", "").value()).isEmpty();
	}

}
