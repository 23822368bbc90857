package io.github.wsspring.endpoint;

import io.github.wsspring.server.Route;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointRouterTests {

	private final EndpointRouter router = Harness.of(Exact.class, Room.class, Number.class, Rest.class).router;

	@Test
	void theMostSpecificPatternWins() {
		assertThat(idOf("/rooms/main")).isEqualTo("exact");
		assertThat(idOf("/rooms/42")).isEqualTo("number");
		assertThat(idOf("/rooms/other")).isEqualTo("room");
		assertThat(idOf("/rooms/a/b")).isEqualTo("rest");
	}

	@Test
	void variablesAreDecoded() {
		assertThat(variable("/rooms/a%20b%C3%A4", "room")).isEqualTo("a bä");
		assertThat(variable("/rooms/a%2Fb", "room")).isEqualTo("a/b");
		assertThat(variable("/rooms/a+b", "room")).isEqualTo("a+b");
		assertThat(variable("/rooms/42", "number")).isEqualTo("42");
		assertThat(variable("/rooms/a/b%20c", "rest")).isEqualTo("/rooms/a/b c");
	}

	@Test
	void exactPathsMatchTheirEncodedForms() {
		assertThat(idOf("/rooms/m%61in")).isEqualTo("exact");
	}

	@Test
	void aPercentSignThatEncodesNothingLeadsNowhere() {
		for (String path : new String[] { "/rooms/%", "/rooms/%2", "/rooms/%zz", "/%%" }) {
			assertThat(this.router.route(path)).isNull();
		}
	}

	@Test
	void whatIsNotThereLeadsNowhere() {
		EndpointRouter router = Harness.of(Exact.class).router;
		for (String path : new String[] { "/", "", "*", "/rooms", "/rooms/main/", "/Rooms/main", "//rooms/main",
				"/rooms//main", "/rooms/./main", "/x/../rooms/main" }) {
			assertThat(router.route(path)).as(path).isNull();
		}
	}

	@Test
	void regularExpressionsMayHaveBraces() {
		PathTemplate template = PathTemplate.parse("/a/{id:[0-9]{2}}/{x}/{*rest}");
		assertThat(template.variables()).containsExactly("id", "x", "rest");
		assertThat(template.shape()).isEqualTo("/a/{:[0-9]{2}}/{}/{*}");
	}

	private @Nullable String idOf(String path) {
		Route route = this.router.route(path);
		return (route != null) ? route.endpoint().id() : null;
	}

	private @Nullable String variable(String path, String name) {
		Route route = this.router.route(path);
		return (route != null) ? route.pathVariables().get(name) : null;
	}

	static class Opening {

		@OnOpen
		void open() {
		}

	}

	@WsEndpoint("/rooms/main")
	static class Exact extends Opening {

	}

	@WsEndpoint("/rooms/{room}")
	static class Room extends Opening {

	}

	@WsEndpoint("/rooms/{number:[0-9]+}")
	static class Number extends Opening {

	}

	@WsEndpoint("/{*rest}")
	static class Rest extends Opening {

	}

}
