package io.github.wsspring.handshake;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OriginPolicyTests {

	private static final OriginPolicy LISTED = OriginPolicy.listed(List.of("https://example.org",
			" HTTP://LocalHost:8080 ", "https://*.example.com", "https://*.example.net:8443", "http://[::1]:3000"));

	private static UpgradeRequest from(String origin) {
		return Requests.of("Host: example.org:8081", "Origin: " + origin);
	}

	@Test
	void whoeverIsNotAPageMayConnect() {
		UpgradeRequest request = Requests.of("Host: example.org");
		assertThat(OriginPolicy.ANY.allows(request)).isTrue();
		assertThat(OriginPolicy.SAME_HOST.allows(request)).isTrue();
		assertThat(LISTED.allows(request)).isTrue();
		assertThat(OriginPolicy.listed(List.of()).allows(request)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "" })
	void anyAllowsAny(String origin) {
		assertThat(OriginPolicy.ANY.allows(from(origin))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "example.org:8081, http://example.org", "example.org, https://example.org",
			"example.org:8081, https://example.org:8443", "EXAMPLE.org:8081, http://Example.ORG:8080",
			"localhost:8081, http://localhost:8080", "127.0.0.1:8081, http://127.0.0.1",
			"[::1]:8081, http://[::1]:8080", "[::1], http://[::1]", "[2001:DB8::1]:1, http://[2001:db8::1]",
			"my_service:8081, http://my_service:8080", "xn--bcher-kva.example, https://xn--bcher-kva.example",
			"10.0.0.7a.1b:1, http://10.0.0.7a.1b", "example.org:, http://example.org" })
	void theSameHostMayConnectFromAnyPort(String host, String origin) {
		assertThat(OriginPolicy.SAME_HOST.allows(Requests.of("Host: " + host, "Origin: " + origin))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "", "http://", "http://example.org.evil.com", "http://evilexample.org",
			"http://evil.com", "http://evil.com/example.org", "http://evil.com#example.org",
			"http://evil.com?example.org", "http://example.org@evil.com", "http://evil.com@example.org",
			"http://evil.com\\example.org", "http://sub.example.org", "http://org", "example.org", "//example.org",
			"://example.org", "http:example.org", "http://example.org http://evil.com",
			"http://example.org, http://evil.com", "http://example.org/", "http://example.org:80:80",
			"http://example.org.", "http://[::1]", "http://*" })
	void anotherHostMayNotConnect(String origin) {
		assertThat(OriginPolicy.SAME_HOST.allows(from(origin))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "evil.com@example.org", "example.org/x", "example.org, evil.com", "[example.org]" })
	void anOddHostIsTheSameAsNone(String host) {
		assertThat(OriginPolicy.SAME_HOST.allows(Requests.of("Host: " + host, "Origin: http://example.org"))).isFalse();
	}

	@Test
	void withoutHostNoPageIsFromTheSameHost() {
		assertThat(OriginPolicy.SAME_HOST.allows(Requests.of("Origin: http://example.org"))).isFalse();
	}

	@Test
	void twoOriginsAreOneTooMany() {
		UpgradeRequest request = Requests.of("Host: example.org", "Origin: https://example.org",
				"origin: https://example.org");
		assertThat(OriginPolicy.SAME_HOST.allows(request)).isFalse();
		assertThat(LISTED.allows(request)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org", "HTTPS://EXAMPLE.ORG", "http://localhost:8080",
			"https://a.example.com", "https://a.b.example.com", "https://x.example.net:8443", "http://[::1]:3000" })
	void listedOriginsMayConnect(String origin) {
		assertThat(LISTED.allows(from(origin))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "", "http://example.org", "https://example.org:8443", "https://www.example.org",
			"https://evilexample.org", "https://example.org.evil.com", "https://example.com", "https://.example.com",
			"https://evilexample.com", "https://a.example.com.evil.com", "https://a.example.com:8443",
			"http://a.example.com", "https://x.example.net", "https://a.example.com/", "https://*.example.org",
			"http://localhost", "http://[::1]:3001", "https://example.org https://example.org" })
	void otherOriginsMayNotConnect(String origin) {
		assertThat(LISTED.allows(from(origin))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "example.org", "example.org:8080", "//example.org", "://example.org", "https://",
			"https://:8080", "https://*", "https://*.", "https://*.*.org", "https://a.*.org", "https://*example.org",
			"*://*.example.org", "https://example.org/", "https://example.org/chat", "https://user@example.org",
			"https://example.org?a", "https://example.org:x", "https://exa mple.org", "null" })
	void whatIsNoOriginCannotBeListed(String origin) {
		assertThatIllegalArgumentException().isThrownBy(() -> OriginPolicy.listed(List.of(origin)))
			.withMessage("'" + origin
					+ "' is not an origin; write scheme, host and port as in https://example.org, http://localhost:8080 or https://*.example.org");
	}

	@Test
	void defaultPortThatIsListedMeansNoPortAsBrowsersSendIt() {
		OriginPolicy policy = OriginPolicy.listed(List.of("https://example.org:443", "http://example.org:80"));
		assertThat(policy.allows(from("https://example.org"))).isTrue();
		assertThat(policy.allows(from("http://example.org"))).isTrue();
		assertThat(policy.allows(from("https://example.org:80"))).isFalse();
	}

}
