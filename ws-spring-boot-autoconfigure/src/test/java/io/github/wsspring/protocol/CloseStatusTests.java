package io.github.wsspring.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CloseStatusTests {

	private static final String EURO = "\u20ac";

	private static final String THUMB = "\ud83d\udc4d";

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 999, 5000, 66536 })
	void codesLieBetween1000And4999(int code) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CloseStatus(code, ""))
			.withMessage("Close code " + code
					+ " is outside of 1000-4999; use 1000 for a normal end or 4000-4999 for codes of your own");
	}

	@Test
	void theRegisteredCodesMayBeSent() {
		for (int code = 1000; code <= 4999; code++) {
			boolean sendable = new CloseStatus(code, "").isSendable();
			boolean registered = (code <= 1014 && (code < 1004 || code > 1006)) || code >= 3000;
			assertThat(sendable).as("%d", code).isEqualTo(registered);
		}
	}

	@Test
	void aReasonMayTake123BytesOfUtf8() {
		assertThat(new CloseStatus(1000, "x".repeat(123)).reason()).hasSize(123);
		assertThat(new CloseStatus(1000, EURO.repeat(41)).reason()).hasSize(41);
		assertThatIllegalArgumentException().isThrownBy(() -> new CloseStatus(1000, "x".repeat(124)))
			.withMessage("The close reason takes 124 bytes of UTF-8, but a close frame has room for 123; shorten it");
		assertThatIllegalArgumentException().isThrownBy(() -> new CloseStatus(1000, EURO.repeat(41) + "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> new CloseStatus(1000, THUMB.repeat(31)));
	}

	@Test
	void withReasonCutsBetweenCharacters() {
		CloseStatus status = CloseStatus.GOING_AWAY;
		assertThat(status.withReason("bye")).isEqualTo(new CloseStatus(1001, "bye"));
		assertThat(status.withReason("x".repeat(124)).reason()).isEqualTo("x".repeat(123));
		assertThat(status.withReason(EURO.repeat(42)).reason()).isEqualTo(EURO.repeat(41));
		assertThat(status.withReason("x".repeat(122) + EURO).reason()).isEqualTo("x".repeat(122));
		assertThat(status.withReason("x".repeat(119) + THUMB).reason()).isEqualTo("x".repeat(119) + THUMB);
		assertThat(status.withReason("x".repeat(120) + THUMB).reason()).isEqualTo("x".repeat(120));
		assertThat(status.withReason("x".repeat(122) + THUMB).reason()).isEqualTo("x".repeat(122));
		assertThat(status.withReason("x".repeat(123) + THUMB).reason()).isEqualTo("x".repeat(123));
	}

	@Test
	void withReasonCutsAReasonOfAnyLengthAtOnce() {
		String reason = (EURO + "x").repeat(5_000);
		long allocated = Allocations.of(() -> CloseStatus.GOING_AWAY.withReason(reason));
		assertThat(allocated).isLessThan(1024 * 1024);
		assertThat(CloseStatus.GOING_AWAY.withReason(reason).reason()).isEqualTo((EURO + "x").repeat(30) + EURO);
	}

	@Test
	void itReadsAsCodeAndReason() {
		assertThat(CloseStatus.NORMAL).hasToString("1000");
		assertThat(new CloseStatus(4000, "bye now")).hasToString("4000 bye now");
	}

}
