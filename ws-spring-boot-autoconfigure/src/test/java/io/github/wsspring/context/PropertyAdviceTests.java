package io.github.wsspring.context;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.wsspring.server.ServerListener.CloseCause;
import io.github.wsspring.server.ServerListener.RefusalCause;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PropertyAdvice}.
 */
class PropertyAdviceTests {

	private static final Pattern KEY = Pattern.compile("ws\\.[a-z.-]*[a-z]");

	@ParameterizedTest
	@EnumSource
	void refusalNamesKeysThatExistOrSaysThatThereIsNone(RefusalCause cause) throws Exception {
		assertNamesExistingKeys(PropertyAdvice.of(cause));
	}

	@ParameterizedTest
	@EnumSource
	void endNamesKeysThatExistOrSaysThatThereIsNone(CloseCause cause) throws Exception {
		String advice = PropertyAdvice.of(cause, "chat");
		assertNamesExistingKeys(advice.replace("ws.endpoints.chat", "ws.endpoints"));
	}

	private static void assertNamesExistingKeys(String advice) throws Exception {
		List<String> keys = new ArrayList<>();
		Matcher matcher = KEY.matcher(advice);
		while (matcher.find()) {
			keys.add(matcher.group());
		}
		if (keys.isEmpty()) {
			assertThat(advice).contains("no property changes this");
		}
		assertThat(knownKeys()).containsAll(keys);
	}

	private static List<String> knownKeys() throws Exception {
		try (InputStream metadata = PropertyAdvice.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			List<String> keys = new ArrayList<>();
			for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties")) {
				keys.add(property.path("name").asString());
			}
			return keys;
		}
	}

}
