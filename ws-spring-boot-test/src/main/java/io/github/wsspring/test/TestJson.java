package io.github.wsspring.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.json.JsonComparison;

/**
 * JSON messages as the application writes and reads them.
 *
 * @param mapper the application's mapper
 * @param typeField the member that names the type of a message
 */
record TestJson(JsonMapper mapper, String typeField) {

	private static final String DATA = "data";

	String write(Object payload) {
		return this.mapper.writeValueAsString(payload);
	}

	/** An object gets the type as its first member, any other value is wrapped. */
	String write(String type, Object payload) {
		ObjectNode message = this.mapper.createObjectNode().put(this.typeField, type);
		JsonNode tree = this.mapper.valueToTree(payload);
		if (tree instanceof ObjectNode object) {
			object.remove(this.typeField);
			message.setAll(object);
		}
		else {
			message.set(DATA, tree);
		}
		return this.mapper.writeValueAsString(message);
	}

	/**
	 * Reads a text.
	 * @throws JacksonException if it cannot be read as that type
	 */
	<T> T read(String text, Class<T> type) {
		return this.mapper.readValue(text, type);
	}

	/** The type of a message, {@code null} if it has none. */
	@Nullable String typeOf(String text) {
		try {
			return (this.mapper.readTree(text) instanceof ObjectNode object && object.path(this.typeField).isString())
					? object.path(this.typeField).asString() : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Reads a message that has a type, whether the class knows of it or not.
	 * @throws JacksonException if it cannot be read as that class
	 */
	<T> T readTyped(String text, Class<T> payload) {
		JsonNode message = this.mapper.readTree(text);
		boolean wrapped = message.size() == 2 && message.has(DATA) && !message.get(DATA).isObject();
		return this.mapper.readerFor(payload)
			.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.readValue((wrapped && !payload.isRecord()) ? message.get(DATA) : message);
	}

	/**
	 * Compares leniently: members that are not expected, and the order of array elements,
	 * do not matter.
	 * @return what differs, {@code null} if nothing does
	 */
	static @Nullable String difference(String expected, String actual) {
		JsonComparison comparison;
		try {
			comparison = JsonAssert.comparator(JsonCompareMode.LENIENT).compare(expected, actual);
		}
		catch (IllegalStateException ex) {
			Throwable cause = ex.getCause();
			return "one of them is not JSON: " + ((cause != null) ? cause.getMessage() : ex.getMessage());
		}
		String message = comparison.getMessage();
		return (comparison.getResult() == JsonComparison.Result.MATCH) ? null
				: (message != null) ? message.strip() : "they differ";
	}

}
