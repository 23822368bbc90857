package io.github.wsspring.endpoint;

import java.util.List;
import java.util.Map;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandshakeRequestTests {

	@Test
	void headersAreReadOnlyAndCaseInsensitive() {
		HandshakeRequest request = request(null, new HttpField("X-A", "1"), new HttpField("x-a", "2"));
		assertThat(request.headers().get("X-a")).containsExactly("1", "2");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.headers().add("X-A", "3"));
	}

	@Test
	void headersAndParametersAreMadeOnce() {
		HandshakeRequest request = request("a=1", new HttpField("X-A", "1"));
		assertThat(request.headers()).isSameAs(request.headers());
		assertThat(request.queryParameters()).isSameAs(request.queryParameters());
	}

	@Test
	void queryParametersAreDecodedAndReadOnly() {
		HandshakeRequest request = request("a=1&a=2&b&=x&&c=%26+%3D&%C3%A4=%zz");
		assertThat(request.queryParameters()).containsExactlyInAnyOrderEntriesOf(
				Map.of("a", List.of("1", "2"), "b", List.of(""), "c", List.of("& ="), "ä", List.of("%zz")));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.queryParameters().add("a", "3"));
		assertThat(request(null).queryParameters()).isEmpty();
	}

	@Test
	void theFirstCookieOfANameWins() {
		HandshakeRequest request = request(null, new HttpField("Cookie", "a=1; b=\"2\";a=3; broken"),
				new HttpField("Cookie", "b=4; c="));
		assertThat(request.cookies()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", ""));
	}

	@Test
	void aQueryNeverShowsUpInALog() {
		assertThat(request("access_token=secret")).hasToString("GET /a");
	}

	@Test
	void anAuthenticatorIsAskedWithTheRequest() throws Exception {
		Identity alice = Identity.of("alice");
		WsAuthenticator authenticator = (@Nullable String token, HandshakeRequest request) -> "t".equals(token)
				&& request.uri().toString().equals("/a?b") && request.remoteAddress() == FakeSession.REMOTE ? alice
						: null;
		AuthenticatorAdapter adapter = new AuthenticatorAdapter(authenticator);
		UpgradeRequest request = new UpgradeRequest("GET", "/a", "b", List.of());
		assertThat(adapter.mayBlock()).isTrue();
		assertThat(adapter.verify("t", request, FakeSession.REMOTE)).isSameAs(alice);
		assertThat(adapter.verify(null, request, FakeSession.REMOTE)).isNull();
	}

	private static HandshakeRequest request(@Nullable String query, HttpField... headers) {
		return new HandshakeRequest(new UpgradeRequest("GET", "/a", query, List.of(headers)), Map.of(),
				FakeSession.REMOTE, null);
	}

}
