package io.github.wsspring.handshake;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpgradeRequestTests {

	@Test
	void headersAreFoundInAnyCase() {
		UpgradeRequest request = Requests.of("X-Trace: 1", "x-trace: 2", "Other: 3");
		assertThat(request.header("X-TRACE")).isEqualTo("1");
		assertThat(request.headers("X-TRACE")).containsExactly("1", "2");
		assertThat(request.header("Missing")).isNull();
		assertThat(request.headers("Missing")).isEmpty();
	}

	@Test
	void listsJoinTheirLinesAndSkipWhatIsEmpty() {
		UpgradeRequest request = Requests.of("A: b, c,,d", "a:", "a: , ", "A:\te f\t,g");
		assertThat(request.list("a")).containsExactly("b", "c", "d", "e f", "g");
		assertThat(request.list("missing")).isEmpty();
	}

	@Test
	void subprotocolsKeepTheirOrder() {
		assertThat(Requests.of("Sec-WebSocket-Protocol: bearer, token", "sec-websocket-protocol: chat").subprotocols())
			.containsExactly("bearer", "token", "chat");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "a=1, 1", "b=2; a=1, 1", "a=1; a=2, 1", "aa=1, -", "A=1, -", "a, -", "a=, ''", "'a=x=y', x=y",
					"' a = 1 ;b=2', 1", "'b;a=1', 1", "'a=\"1\"', 1", "'a=\"', '\"'", "'a=\"\"', ''", "'b=a=1', -",
					"'=a', -" })
	void cookiesAreFoundByTheirExactName(String header, @Nullable String value) {
		assertThat(Requests.of("Cookie: " + header).cookie("a")).isEqualTo(value);
	}

	@Test
	void cookiesMayComeOnSeveralLines() {
		assertThat(Requests.of("Cookie: a=1", "cookie: b=2").cookie("b")).isEqualTo("2");
		assertThat(Requests.of("X: b=2").cookie("b")).isNull();
	}

	@Test
	void aRequestReadsAsMethodAndPathWithoutTheQuery() {
		assertThat(new UpgradeRequest("GET", "/chat", "access_token=secret", List.of())).hasToString("GET /chat");
		assertThat(new UpgradeRequest("GET", "/" + "x".repeat(200), null, List.of()).toString())
			.isEqualTo("GET /" + "x".repeat(99));
	}

	@Test
	void headersAreACopy() {
		List<HttpField> headers = new ArrayList<>(Requests.fields("A: b"));
		UpgradeRequest request = new UpgradeRequest("GET", "/", null, headers);
		headers.clear();
		assertThat(request.headers()).hasSize(1);
	}

}
