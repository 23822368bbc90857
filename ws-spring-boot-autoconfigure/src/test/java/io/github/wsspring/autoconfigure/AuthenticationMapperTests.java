package io.github.wsspring.autoconfigure;

import io.github.wsspring.endpoint.WsAuthenticator;
import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.TokenAuthenticator;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AuthenticationMapper}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuthenticationMapperTests {

	private static final String SECRET = "s3cr3t-t0k3n";

	// sha256("s3cr3t-t0k3n")
	private static final String SECRET_SHA256 = "6e44bb3ce9cef7d7a11688cc0f1a0ec2541a3d58f447dbd3497157a4beba30b5";

	private static final String ALICE = "ws.auth.tokens[0].principal=alice";

	private static final String ALICES_TOKEN = "ws.auth.tokens[0].token=" + SECRET;

	private static final WsAuthenticator CUSTOM = (token, request) -> null;

	@Test
	void whenNobodyKnowsTokensThenEverybodyIsAnonymous() {
		assertThat(map(null)).isSameAs(Authenticator.ANONYMOUS);
	}

	@Test
	void whenTokensAreRequiredButNobodyKnowsAnyThenItIsRefused() {
		assertThatInvalid(null, "ws.auth.required=true").withMessageContaining("ws.auth.required")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("ws.auth.tokens").contains("WsAuthenticator"));
	}

	@Test
	void whenThereAreTokensThenTheyAreTaken() {
		assertThat(map(null, ALICE, ALICES_TOKEN)).isInstanceOf(TokenAuthenticator.class);
		assertThat(map(null, ALICE, "ws.auth.tokens[0].token-sha256=" + SECRET_SHA256))
			.isInstanceOf(TokenAuthenticator.class);
	}

	@Test
	void whenThereIsAnAuthenticatorThenItIsAsked() {
		assertThat(map(CUSTOM, "ws.auth.required=true")).isInstanceOf(TokenAuthenticator.class);
	}

	@Test
	void whenThereAreTokensAndAnAuthenticatorThenItIsRefused() {
		assertThatInvalid(CUSTOM, ALICE, ALICES_TOKEN).withMessageContaining("ws.auth.tokens");
	}

	@Test
	void whenEntryHasTokenAndHashThenItIsRefused() {
		assertThatInvalid(null, ALICE, ALICES_TOKEN, "ws.auth.tokens[0].token-sha256=" + SECRET_SHA256)
			.withMessageContaining("ws.auth.tokens[0] has both");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ws.auth.tokens[0].authorities=user", "ws.auth.tokens[0].token=",
			"ws.auth.tokens[0].token-sha256= " })
	void whenEntryHasNeitherTokenNorHashThenItIsRefused(String pair) {
		assertThatInvalid(null, ALICE, pair).withMessageContaining("ws.auth.tokens[0] has neither");
	}

	@ParameterizedTest
	@ValueSource(strings = { SECRET, SECRET_SHA256 + "00", "zz" })
	void whenHashIsNoHashThenItIsRefusedWithoutBeingShown(String hash) {
		assertThatInvalid(null, ALICE, "ws.auth.tokens[0].token-sha256=" + hash).withMessageContaining("64 hexadecimal")
			.withMessageNotContaining(hash)
			.satisfies((ex) -> assertThat(ex.getKeys()).containsExactly("ws.auth.tokens[0].token-sha256"));
	}

	@Test
	void whenEntryHasNoPrincipalThenItIsRefused() {
		assertThatInvalid(null, ALICES_TOKEN).withMessageContaining("ws.auth.tokens[0] has no principal");
	}

	@Test
	void whenTokenIsThereTwiceThenBothPlacesAreNamed() {
		assertThatInvalid(null, ALICE, ALICES_TOKEN, "ws.auth.tokens[1].principal=bob",
				"ws.auth.tokens[1].token-sha256=" + SECRET_SHA256)
			.withMessageContaining("ws.auth.tokens[0]")
			.withMessageContaining("ws.auth.tokens[1]");
	}

	@Test
	void whenNoSourceIsLookedAtThenTokensAreRefused() {
		assertThatInvalid(null, ALICE, ALICES_TOKEN, "ws.auth.sources=").withMessageContaining("ws.auth.sources");
	}

	@Test
	void whenCookiesCountAndEveryPageMayConnectThenItIsRefused() {
		assertThatInvalid(null, ALICE, ALICES_TOKEN, "ws.origins.mode=any").withMessageContaining("ws.auth.sources")
			.withMessageContaining("ws.origins.mode");
		assertThatInvalid(CUSTOM, "ws.origins.mode=any").withMessageContaining("ws.auth.sources");
	}

	@Test
	void whenCookiesDoNotCountThenEveryPageMayConnect() {
		assertThat(map(null, ALICE, ALICES_TOKEN, "ws.origins.mode=any", "ws.auth.sources=header,subprotocol,query"))
			.isInstanceOf(TokenAuthenticator.class);
	}

	@Test
	void whenNobodyKnowsTokensThenEveryPageMayConnect() {
		assertThat(map(null, "ws.origins.mode=any")).isSameAs(Authenticator.ANONYMOUS);
	}

	@Test
	void whenAnonymousSessionsAreAdmittedThenOneLineSaysWhichKeyChangesIt(CapturedOutput output) {
		map(CUSTOM);
		assertThat(output.getAll().lines().filter((line) -> line.contains("ws.auth.required=true"))).hasSize(1);
	}

	@Test
	void whenTokensAreRequiredThenNothingIsSaid(CapturedOutput output) {
		map(CUSTOM, "ws.auth.required=true");
		assertThat(output).doesNotContain("ws.auth.required");
	}

	@Test
	void tokensAreNotShownByProperties() {
		WsProperties properties = TestProperties.of(ALICE, ALICES_TOKEN);
		assertThat(properties.getAuth()).asString().contains("alice").doesNotContain(SECRET);
	}

	private static Authenticator map(@Nullable WsAuthenticator custom, String... pairs) {
		return new AuthenticationMapper(TestProperties.of(pairs)).authenticator(custom);
	}

	private static ThrowableAssertAlternative<InvalidWsPropertyException> assertThatInvalid(
			@Nullable WsAuthenticator custom, String... pairs) {
		return assertThatExceptionOfType(InvalidWsPropertyException.class).isThrownBy(() -> map(custom, pairs))
			.withMessageNotContaining(SECRET)
			.satisfies((ex) -> assertThat(ex.getAction()).isNotEmpty().doesNotContain(SECRET));
	}

}
