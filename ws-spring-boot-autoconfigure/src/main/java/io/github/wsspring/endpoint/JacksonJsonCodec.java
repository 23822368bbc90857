package io.github.wsspring.endpoint;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.util.JsonParserSequence;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.TokenBuffer;

/**
 * JSON by Jackson 3.
 */
public final class JacksonJsonCodec implements JsonCodec {

	private final JsonMapper mapper;

	private final ObjectReader untyped;

	/**
	 * Uses a mapper.
	 * @param mapper the application's mapper
	 */
	public JacksonJsonCodec(JsonMapper mapper) {
		this.mapper = mapper;
		this.untyped = mapper.reader();
	}

	@Override
	public String write(Object value) {
		return this.mapper.writeValueAsString(value);
	}

	@Override
	public String writeWithout(Object value, String member) {
		String json = this.mapper.writeValueAsString(value);
		if (!json.contains("\"" + member + "\"")) {
			return json;
		}
		JsonNode tree = this.mapper.valueToTree(value);
		return (tree instanceof ObjectNode object && object.remove(member) != null)
				? this.mapper.writeValueAsString(object) : json;
	}

	@Override
	public JsonReader reader(Type type, String typeField) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		return new JacksonReader(
				reader.withHandler(new TypeFieldIsKnown(reader.getValueType().getRawClass(), typeField)));
	}

	@Override
	public JsonMessage open(String text, String typeField) {
		JsonParser parser = this.untyped.createParser(text);
		try {
			return JacksonMessage.open(parser, typeField);
		}
		catch (JacksonException ex) {
			parser.close();
			throw translate(ex);
		}
	}

	/**
	 * What is wrong with a message, without the names of classes, let alone stack traces.
	 */
	private static RuntimeException translate(JacksonException ex) {
		if (ex instanceof InvalidDefinitionException) {
			// Not the client's fault: the type cannot be read from any JSON.
			return ex;
		}
		if (ex instanceof StreamReadException) {
			return new InvalidMessageException(InvalidMessageException.MALFORMED, ex.getOriginalMessage() + ", at line "
					+ ex.getLocation().getLineNr() + ", column " + ex.getLocation().getColumnNr());
		}
		String path = path(ex.getPath());
		if (ex instanceof UnrecognizedPropertyException unknown) {
			return new InvalidMessageException(InvalidMessageException.INVALID,
					"Unknown member '" + path + "'; known: " + unknown.getKnownPropertyIds());
		}
		return new InvalidMessageException(InvalidMessageException.INVALID,
				path.isEmpty() ? "The message does not fit its type" : "The value of '" + path + "' does not fit");
	}

	private static String path(List<JacksonException.Reference> references) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : references) {
			if (reference.getPropertyName() == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
			}
		}
		return path.toString();
	}

	/**
	 * A reader for one type.
	 */
	private record JacksonReader(ObjectReader reader) implements JsonReader {

		@Override
		public Object read(String text) {
			try {
				return notNull(this.reader.readValue(text));
			}
			catch (JacksonException ex) {
				throw text.isBlank()
						? new InvalidMessageException(InvalidMessageException.MALFORMED, "The message is empty")
						: translate(ex);
			}
		}

		Object read(JsonParser parser) {
			try {
				return notNull(this.reader.readValue(parser));
			}
			catch (JacksonException ex) {
				throw translate(ex);
			}
		}

		private static Object notNull(@Nullable Object value) {
			if (value == null) {
				throw new InvalidMessageException(InvalidMessageException.INVALID, "The message is null");
			}
			return value;
		}

	}

	/**
	 * A parser that stands on a message's type, and the tokens that were seen on the way
	 * there.
	 */
	private static final class JacksonMessage implements JsonMessage {

		private final JsonParser parser;

		private final TokenBuffer seen;

		private @Nullable String type;

		private JacksonMessage(JsonParser parser) {
			this.parser = parser;
			this.seen = TokenBuffer.forBuffering(parser, parser.objectReadContext());
		}

		static JacksonMessage open(JsonParser parser, String typeField) {
			if (parser.nextToken() == null) {
				throw new InvalidMessageException(InvalidMessageException.MALFORMED, "The message is empty");
			}
			JacksonMessage message = new JacksonMessage(parser);
			if (parser.hasToken(JsonToken.START_OBJECT)) {
				message.findType(typeField);
			}
			else {
				message.seen.copyCurrentStructure(parser);
			}
			return message;
		}

		private void findType(String typeField) {
			this.seen.copyCurrentEvent(this.parser);
			while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean found = this.parser.currentName().equals(typeField);
				this.seen.copyCurrentEvent(this.parser);
				JsonToken value = this.parser.nextToken();
				if (found) {
					this.type = (value == JsonToken.VALUE_STRING) ? this.parser.getString() : null;
				}
				this.seen.copyCurrentStructure(this.parser);
				if (found) {
					return;
				}
			}
			this.seen.copyCurrentEvent(this.parser);
		}

		@Override
		public @Nullable String type() {
			return this.type;
		}

		@Override
		public Object read(JsonReader reader) {
			JsonParser whole = JsonParserSequence.createFlattened(false,
					this.seen.asParser(this.parser.objectReadContext(), this.parser), this.parser);
			return ((JacksonReader) reader).read(whole);
		}

		@Override
		public void skip() {
			try {
				while (this.parser.nextToken() != null) {
					// just looking
				}
			}
			catch (JacksonException ex) {
				throw translate(ex);
			}
		}

		@Override
		public void close() {
			this.parser.close();
		}

	}

	/**
	 * Lets a type do without a property for the type field, even if the mapper fails on
	 * unknown properties.
	 */
	private static final class TypeFieldIsKnown extends DeserializationProblemHandler {

		private final Class<?> root;

		private final String typeField;

		TypeFieldIsKnown(Class<?> root, String typeField) {
			this.root = root;
			this.typeField = typeField;
		}

		@Override
		public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
				ValueDeserializer<?> deserializer, Object beanOrClass, String property) {
			Class<?> owner = (beanOrClass instanceof Class<?> type) ? type : beanOrClass.getClass();
			if (!property.equals(this.typeField) || !this.root.isAssignableFrom(owner)) {
				return false;
			}
			parser.skipChildren();
			return true;
		}

	}

}
