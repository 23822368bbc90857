package io.github.wsspring.fuzz;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.endpoint.InvalidMessageException;
import io.github.wsspring.endpoint.JacksonJsonCodec;
import io.github.wsspring.endpoint.JsonCodec.JsonMessage;
import io.github.wsspring.endpoint.JsonCodec.JsonReader;
import io.github.wsspring.endpoint.MessageFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes JSON messages: what is read up to the type and then on must be what is read at
 * once.
 */
class JsonEnvelopeFuzzTests {

	private static final MessageFields FIELDS = new MessageFields("type", null);

	private static final JacksonJsonCodec JSON = new JacksonJsonCodec(new JsonMapper());

	private static final JsonReader READER = JSON.reader(Payload.class, FIELDS);

	@FuzzTest
	void whatIsReadInTwoStepsIsWhatIsReadAtOnce(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		Object atOnce = outcome(() -> READER.read(text));
		Object inTwoSteps = outcome(() -> {
			try (JsonMessage message = JSON.open(text, FIELDS)) {
				return message.read(READER);
			}
		});
		assertThat(inTwoSteps).isEqualTo(atOnce);
		if (atOnce instanceof Payload) {
			assertThat(JSON.write(atOnce)).isNotEmpty();
			assertThat(outcome(() -> skip(text))).isEqualTo("JSON");
		}
	}

	private static String skip(String text) {
		try (JsonMessage message = JSON.open(text, FIELDS)) {
			message.skip();
			return "JSON";
		}
	}

	private static Object outcome(Supplier<Object> reading) {
		try {
			return reading.get();
		}
		catch (InvalidMessageException ex) {
			assertThat(ex.getDetail()).isNotEmpty();
			return "refused";
		}
	}

	/**
	 * Something of each kind.
	 *
	 * @param text a text
	 * @param number a number
	 * @param amount a number of any size
	 * @param kind an enum
	 * @param next a nested object
	 * @param list an array
	 * @param any anything
	 */
	record Payload(@Nullable String text, int number, @Nullable BigDecimal amount, @Nullable Kind kind,
			@Nullable Payload next, @Nullable List<Payload> list, @Nullable Map<String, Object> any) {

	}

	enum Kind {

		ONE, TWO

	}

}
