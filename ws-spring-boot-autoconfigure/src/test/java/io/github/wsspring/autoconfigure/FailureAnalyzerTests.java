package io.github.wsspring.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what a developer reads when an application does not start, with the analyzers
 * registered and ordered as in an application.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzerTests {

	private static final String SECRET = "s3cr3t-t0k3n";

	@Test
	void invalidPropertyIsExplainedWithItsOriginAndRemedy(CapturedOutput output) {
		run("ws.server.port=70000");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Port 70000 is outside of 0-65535")
			.contains("ws.server.port = 70000")
			.contains("ws.server.port was set in \"ws.server.port\" from property source")
			.contains("Change ws.server.port.");
	}

	@Test
	void cookiesFromEveryPageAreExplained(CapturedOutput output) {
		run("ws.origins.mode=any", "ws.auth.tokens[0].principal=alice",
				"ws.auth.tokens[0].token-sha256=" + "ab".repeat(32));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("ws.origins.mode is 'any'")
			.contains("Set ws.origins.mode to 'same-host' or 'list'")
			.doesNotContain("abab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ws.auth.tokens=" + SECRET, "ws.auth.tokens[0]=" + SECRET,
			"ws.auth.tokens[1].token=" + SECRET, "ws.auth.tokens[0].expires-at=" + SECRET })
	void whenTokensCannotBeBoundThenTheyAreNotShown(String pair, CapturedOutput output) {
		run(pair);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("ws.auth.tokens")
			.contains("may hold a token")
			.doesNotContain(SECRET);
	}

	@Test
	void aTokenThatIsNotSetIsNoToken(CapturedOutput output) {
		run("ws.auth.tokens[0].token=${NOT_SET_ANYWHERE}", "ws.auth.tokens[0].principal=alice");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("ws.auth.tokens[0].token has a placeholder for a property or variable that is not set.")
			.contains("Set what the placeholder names");
	}

	@Test
	void otherBindFailuresAreExplainedBySpringBoot(CapturedOutput output) {
		run("ws.outbound.overflow=explode");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("ws.outbound.overflow")
			.contains("explode")
			.contains("DROP_NEWEST");
	}

	@Test
	void invalidEndpointIsExplained(CapturedOutput output) {
		run(new Class<?>[] { Application.class, PathWithoutSlash.class });
		assertThat(output).contains("APPLICATION FAILED TO START").contains("PathWithoutSlash").contains("slash");
	}

	private static void run(String... pairs) {
		run(new Class<?>[] { Application.class }, pairs);
	}

	private static void run(Class<?>[] sources, String... pairs) {
		SpringApplication application = new SpringApplication(sources);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		application.setLogStartupInfo(false);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
		String[] arguments = List.of(pairs).stream().map((pair) -> "--" + pair).toArray(String[]::new);
		assertThatException().isThrownBy(() -> application.run(arguments).close());
	}

	@ImportAutoConfiguration(WsAutoConfiguration.class)
	static class Application {

	}

	@WsEndpoint("chat")
	static class PathWithoutSlash {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

}
