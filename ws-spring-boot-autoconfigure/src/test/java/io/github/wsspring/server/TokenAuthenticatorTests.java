package io.github.wsspring.server;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Authenticator.Admitted;
import io.github.wsspring.server.Authenticator.Denied;
import io.github.wsspring.server.StaticTokens.Token;
import io.github.wsspring.server.TokenAuthenticator.TokenSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requirements for {@link TokenAuthenticator} and {@link StaticTokens}.
 */
class TokenAuthenticatorTests {

	private static final List<TokenSource> ALL = List.of(new TokenSource.Header(), new TokenSource.Subprotocol(),
			new TokenSource.Cookie("sid"), new TokenSource.Query("token"));

	private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("client.test", 4711);

	private final StaticTokens tokens = new StaticTokens(
			List.of(Token.of("t-ann", Identity.of("ann")), Token.of("t-bob", Identity.of("bob"))));

	@ParameterizedTest(name = "{0}: {1}?{2}")
	@CsvSource(delimiter = '|',
			value = { "Authorization|Bearer t-ann||ann", "authorization|bearer  t-bob||bob",
					"Sec-WebSocket-Protocol|chat, bearer, t-ann||ann", "Cookie|a=b; sid=t-bob||bob",
					"X|y|a=1&token=t%2Dann|ann" })
	void tokenIsFoundWhereClientsPutIt(String header, String value, String query, String name) throws Exception {
		UpgradeRequest request = request(query, header, value);
		Admitted admitted = (Admitted) new TokenAuthenticator(ALL, true, this.tokens).authenticate(request, ADDRESS);
		assertThat(admitted.identity()).isNotNull();
		assertThat(admitted.identity().principal().getName()).isEqualTo(name);
		assertThat(admitted.subprotocol()).isEqualTo(header.startsWith("Sec-") ? "bearer" : null);
	}

	@Test
	void wrongTokenIsDeniedEvenIfNoneIsRequired() throws Exception {
		UpgradeRequest request = request(null, "Authorization", "Bearer wrong");
		assertThat(new TokenAuthenticator(ALL, false, this.tokens).authenticate(request, ADDRESS))
			.isInstanceOfSatisfying(Denied.class, (denied) -> assertThat(denied.reason()).doesNotContain("wrong"));
	}

	@Test
	void missingTokenIsDeniedOnlyIfItIsRequired() throws Exception {
		UpgradeRequest request = request(null, "Authorization", "Basic t-ann");
		assertThat(new TokenAuthenticator(ALL, true, this.tokens).authenticate(request, ADDRESS))
			.isInstanceOf(Denied.class);
		assertThat(new TokenAuthenticator(ALL, false, this.tokens).authenticate(request, ADDRESS))
			.isEqualTo(Admitted.ANONYMOUS);
	}

	@Test
	void sourcesThatAreNotListedAreNotLookedAt() throws Exception {
		TokenAuthenticator header = new TokenAuthenticator(List.of(new TokenSource.Header()), true, this.tokens);
		assertThat(header.authenticate(request("token=t-ann", "Cookie", "sid=t-ann"), ADDRESS))
			.isInstanceOf(Denied.class);
	}

	@Test
	void firstSourceThatHasATokenDecides() throws Exception {
		UpgradeRequest request = request("token=t-ann", "Authorization", "Bearer wrong");
		assertThat(new TokenAuthenticator(ALL, true, this.tokens).authenticate(request, ADDRESS))
			.isInstanceOf(Denied.class);
	}

	@Test
	void hashThatIsNoSha256IsNotTaken() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Token(new byte[31], Identity.of("ann")));
	}

	@Test
	void tokenIsNeverShown() {
		assertThat(Token.of("secret", Identity.of("ann"))).hasToString("token of ann");
	}

	private static UpgradeRequest request(@Nullable String query, String... field) {
		return new UpgradeRequest("GET", "/ws", query,
				Arrays.asList(new HttpField("Host", "localhost"), new HttpField(field[0], field[1])));
	}

}
