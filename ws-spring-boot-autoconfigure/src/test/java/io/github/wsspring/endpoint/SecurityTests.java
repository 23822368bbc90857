package io.github.wsspring.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.server.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Spring Security's arguments and context.
 */
class SecurityTests {

	private static final Identity ALICE = Identity.of("alice", Set.of("ROLE_ADMIN"), null);

	private static final Identity BOB = Identity.of("bob");

	@AfterEach
	void nothingStaysOnTheThread() {
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	@Test
	void anIdentityBecomesAnAuthenticatedToken() throws Exception {
		FakeSession session = secured().connectAs("/secured", ALICE);
		assertThat(session.ask("authentication")).containsExactly("alice [ROLE_ADMIN] true");
		assertThat(session.ask("principal")).containsExactly("alice");
	}

	@Test
	void anAuthenticationAsPrincipalIsTakenAsItIs() throws Exception {
		TestingAuthenticationToken token = new TestingAuthenticationToken(new User("carol", 7), null, "ROLE_ADMIN");
		FakeSession session = secured().connectAs("/secured", new Identity(token, Set.of(), null));
		assertThat(session.ask("same")).containsExactly("true");
		assertThat(session.ask("user")).containsExactly("User[name=carol, number=7]");
		assertThat(secured().connectAs("/expression", new Identity(token, Set.of(), null)).sent).containsExactly("7");
		assertThat(session.ask("admin")).containsExactly("admin");
	}

	@Test
	void anAnonymousClientHasNeither() throws Exception {
		FakeSession session = secured().connectAs("/secured", null);
		assertThat(session.ask("authentication")).containsExactly("nobody");
		assertThat(session.ask("user")).containsExactly("null");
	}

	@Test
	void anAnonymousClientCannotHaveWhatNeedsAnAuthentication() throws Exception {
		Harness harness = secured();
		assertThat(harness.connectAs("/members", ALICE).ask("{\"type\":\"needed\"}")).containsExactly("alice");
		assertThat(harness.connectAs("/members", ALICE).ask("{\"type\":\"optional\"}")).containsExactly("alice");
		FakeSession nobody = harness.connectAs("/members", null);
		assertThat(nobody.ask("{\"type\":\"needed\"}")).singleElement().asString().contains("\"unauthorized\"");
		assertThat(nobody.ask("{\"type\":\"optional\"}")).containsExactly("nobody");
		assertThat(harness.connectAs("/gate", null).ask("a")).singleElement().asString().contains("\"unauthorized\"");
	}

	@Test
	void aPrincipalOfAnotherTypeIsNullOrAnError() throws Exception {
		FakeSession session = secured().connectAs("/secured", ALICE);
		assertThat(session.ask("user")).containsExactly("null");
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> secured().connectAs("/strict", ALICE));
	}

	@Test
	void preAuthorizeDecides() throws Exception {
		Harness harness = secured();
		assertThat(harness.connectAs("/secured", ALICE).ask("admin")).containsExactly("admin");
		FakeSession bob = harness.connectAs("/secured", BOB);
		assertThat(bob.ask("admin"))
			.containsExactly("{\"type\":\"error\",\"error\":\"forbidden\",\"status\":403,\"title\":\"Forbidden\"}");
		assertThat(bob.closed).isNull();
		assertThat(harness.connectAs("/secured", null).ask("admin")).containsExactly(
				"{\"type\":\"error\",\"error\":\"unauthorized\",\"status\":401,\"title\":\"Unauthorized\"}");
	}

	@Test
	void preAuthorizeDecidesAboutTheHandshake() throws Exception {
		Harness harness = secured();
		assertThat(harness.handshakeAs("/guarded", ALICE).rejection()).isNull();
		assertThat(harness.handshakeAs("/guarded", BOB).rejection()).isEqualTo(Rejected.of(403, "Forbidden"));
		assertThat(harness.handshakeAs("/guarded", null).rejection()).isEqualTo(Rejected.of(401, "Unauthorized"));
	}

	@Test
	void whoDecidesAboutATopicLeavesTheContextAsItWas() throws Exception {
		FakeSession session = secured().connectAs("/gate", ALICE);
		assertThat(session.ask("room")).containsExactly("true alice");
		TestingAuthenticationToken caller = new TestingAuthenticationToken("caller", null);
		SecurityContextHolder.getContext().setAuthentication(caller);
		try {
			assertThat(session.ws().join("other")).isTrue();
			assertThat(SecurityContextHolder.getContext().getAuthentication()).isSameAs(caller);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private static Harness secured() {
		HandlerExtension extension = new SpringSecurityExtension(SecurityContextHolder.getContextHolderStrategy(),
				new StaticListableBeanFactory());
		return Harness.with(new HandlerOptions(List.of(), null, extension, FailurePolicy.DEFAULTS),
				MethodSecurity.class, Dispatcher.class, Guarded.class, Secured.class, WithExpression.class,
				StrictlyTyped.class, Gate.class, Members.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(proxyTargetClass = true)
	static class MethodSecurity {

	}

	@WsEndpoint("/gate")
	static class Gate {

		@OnJoin
		boolean mayJoin(Authentication authentication) {
			return authentication.getName().equals("alice")
					&& authentication.equals(SecurityContextHolder.getContext().getAuthentication());
		}

		@OnMessage
		String join(WsSession session, String topic) {
			boolean joined = session.join(topic);
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return joined + " " + ((authentication != null) ? authentication.getName() : "nobody");
		}

	}

	@WsEndpoint("/members")
	static class Members {

		@OnMessage("needed")
		String needed(Authentication authentication) {
			return authentication.getName();
		}

		@OnMessage("optional")
		String optional(Optional<Authentication> authentication) {
			return authentication.map(Authentication::getName).orElse("nobody");
		}

	}

	record User(String name, int number) {

	}

	static class Dispatcher {

		String answer(String text, @Nullable Authentication authentication) {
			Authentication current = SecurityContextHolder.getContext().getAuthentication();
			return (authentication == null) ? "nobody"
					: text.equals("same") ? Boolean.toString(authentication == current) : authentication.getName() + " "
							+ authentication.getAuthorities() + " " + authentication.isAuthenticated();
		}

		@PreAuthorize("hasRole('ADMIN')")
		String admin() {
			return "admin";
		}

	}

	@WsEndpoint("/secured")
	static class Secured {

		private final Dispatcher dispatcher;

		Secured(Dispatcher dispatcher) {
			this.dispatcher = dispatcher;
		}

		@OnMessage
		String text(String text, @Nullable Authentication authentication, @AuthenticationPrincipal @Nullable User user,
				@AuthenticationPrincipal @Nullable Object anything, @Nullable TestingAuthenticationToken token) {
			return switch (text) {
				case "user" -> String.valueOf(user);
				case "principal" -> (anything instanceof Principal principal) ? principal.getName() : "none";
				case "admin" -> this.dispatcher.admin();
				default -> this.dispatcher.answer(text, authentication);
			};
		}

	}

	@WsEndpoint("/guarded")
	static class Guarded {

		@OnHandshake
		@PreAuthorize("hasRole('ADMIN')")
		void shake() {
		}

	}

	@WsEndpoint("/expression")
	static class WithExpression {

		@OnOpen
		String open(@AuthenticationPrincipal(expression = "number") @Nullable Integer number) {
			return String.valueOf(number);
		}

	}

	@WsEndpoint("/strict")
	static class StrictlyTyped {

		@OnOpen
		void open(@AuthenticationPrincipal(errorOnInvalidType = true) @Nullable User user) {
		}

	}

}
