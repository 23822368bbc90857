package io.github.wsspring.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requirements for {@link ApplicationPing}.
 */
class ApplicationPingTests {

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"ping\"}", "{ \"type\" : \"ping\" }", "\t{\r\n\"type\":\"ping\"\n}\n" })
	void questionIsRecognisedWithWhiteSpaceWhereverJsonAllowsIt(String text) {
		assertThat(ApplicationPing.DEFAULT.matches(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ping", "{\"type\":\"pong\"}", "{\"type\":\"ping\",\"n\":1}", "{\"type\":\"ping\"}}",
			"{\"ty pe\":\"ping\"}", "[{\"type\":\"ping\"}]", "{\"type\":\"ping\"" })
	void otherTextsAreMessages(String text) {
		assertThat(ApplicationPing.DEFAULT.matches(text)).isFalse();
	}

	@Test
	void sixteenBlanksAreAllowedAndNotOneMore() {
		String question = "{\"type\":\"ping\"}";
		assertThat(ApplicationPing.DEFAULT.matches(" ".repeat(16) + question)).isTrue();
		assertThat(ApplicationPing.DEFAULT.matches(" ".repeat(17) + question)).isFalse();
	}

	@Test
	void wordsThatWouldHaveToBeEscapedAreNotTaken() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ApplicationPing("ty\"pe", "ping", "pong"));
		assertThatIllegalArgumentException().isThrownBy(() -> new ApplicationPing("type", "", "pong"));
	}

}
