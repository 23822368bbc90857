package io.github.wsspring.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Parameters that {@link WsArgumentResolver}s fill.
 */
class CustomArgumentTests {

	private static final WsArgumentResolver TENANT = (parameter) -> (parameter.getParameterType() == Tenant.class)
			? (session) -> new Tenant("of " + session.id()) : null;

	@Test
	void aResolverFillsItsParametersInEveryPhaseOfASession() throws Exception {
		FakeSession session = Harness.with(options(TENANT), Rented.class).connect("/rented");
		assertThat(session.sent).containsExactly("open of s1");
		assertThat(session.ask("hi")).containsExactly("hi of s1");
		assertThat(session.ask("fail")).containsExactly("error of s1");
	}

	@Test
	void theFirstResolverWins() throws Exception {
		WsArgumentResolver first = (parameter) -> (parameter.getParameterType() == Tenant.class)
				? (session) -> new Tenant("first") : null;
		FakeSession session = Harness.with(options(first, TENANT), Rented.class).connect("/rented");
		assertThat(session.ask("hi")).containsExactly("hi first");
	}

	@Test
	void whatIsFoundMayBeNull() throws Exception {
		FakeSession session = Harness.with(options((parameter) -> (session1) -> null), Nothing.class)
			.connect("/nothing");
		assertThat(session.sent).containsExactly("null");
	}

	@Test
	void aResolverThatFindsTheWrongThingIsNamed() throws Exception {
		FakeSession session = Harness
			.with(options((parameter) -> (parameter.getParameterType() == int.class) ? (source) -> "x" : null),
					Numbered.class)
			.connect("/numbered");
		assertThatIllegalStateException().isThrownBy(() -> session.text("x"))
			.withMessageContaining(
					" found a value of java.lang.String for the parameter 'int number' of Numbered.text(String, int)");
	}

	private static HandlerOptions options(WsArgumentResolver... resolvers) {
		return new HandlerOptions(List.of(resolvers), null, HandlerExtension.NONE, FailurePolicy.DEFAULTS);
	}

	record Tenant(String name) {

	}

	@WsEndpoint("/rented")
	static class Rented {

		@OnOpen
		String open(Tenant tenant) {
			return "open " + tenant.name();
		}

		@OnMessage
		String text(String text, Tenant tenant) {
			if (text.equals("fail")) {
				throw new IllegalArgumentException();
			}
			return text + " " + tenant.name();
		}

		@OnError
		String error(IllegalArgumentException ex, Tenant tenant) {
			return "error " + tenant.name();
		}

	}

	@WsEndpoint("/nothing")
	static class Nothing {

		@OnOpen
		String open(@Nullable Tenant tenant) {
			return String.valueOf(tenant);
		}

	}

	@WsEndpoint("/numbered")
	static class Numbered {

		@OnMessage
		void text(String text, int number) {
		}

	}

}
