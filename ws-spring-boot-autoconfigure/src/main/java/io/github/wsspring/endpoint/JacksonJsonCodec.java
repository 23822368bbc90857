package io.github.wsspring.endpoint;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.util.JsonParserSequence;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.TokenBuffer;

/**
 * JSON by Jackson 3.
 */
public final class JacksonJsonCodec implements JsonCodec {

	/** The member for a value that is no object. */
	private static final String DATA = "data";

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
	public JsonReader reader(Type type, MessageFields fields) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		return new JacksonReader(lenient(reader, fields));
	}

	/** A reader that does not mind type and id. */
	static ObjectReader lenient(ObjectReader reader, MessageFields fields) {
		return reader.withHandler(new EnvelopeIsKnown(reader.getValueType().getRawClass(), fields));
	}

	@Override
	public JsonMessage open(String text, MessageFields fields) {
		JsonParser parser = this.untyped.createParser(text);
		try {
			return JacksonMessage.open(parser, fields.type(), idField(text, fields));
		}
		catch (JacksonException ex) {
			parser.close();
			throw translate(ex);
		}
	}

	@Override
	public @Nullable Object readAnswer(String text, Type type, MessageFields fields) {
		try {
			Set<String> members = members(text, fields);
			if (members.isEmpty()) {
				return null;
			}
			if (!members.equals(Set.of(DATA))) {
				return reader(type, fields).read(text);
			}
			return readData(text, this.mapper.readerFor(this.mapper.constructType(type)), fields);
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	/** The members of an object that are not those of every message. */
	private Set<String> members(String text, MessageFields fields) {
		Set<String> members = new HashSet<>();
		try (JsonParser parser = this.untyped.createParser(text)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				if (!fields.contain(parser.currentName())) {
					members.add(parser.currentName());
				}
				parser.nextToken();
				parser.skipChildren();
			}
		}
		return members;
	}

	/** A class may have nothing but such a member itself. */
	private @Nullable Object readData(String text, ObjectReader reader, MessageFields fields) {
		try (JsonParser parser = this.untyped.createParser(text)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME && !parser.currentName().equals(DATA)) {
				parser.nextToken();
				parser.skipChildren();
			}
			return (parser.nextToken() != JsonToken.VALUE_NULL)
					? reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readValue(parser) : null;
		}
		catch (JacksonException ex) {
			try {
				return reader(reader.getValueType(), fields).read(text);
			}
			catch (InvalidMessageException whole) {
				throw translate(ex);
			}
		}
	}

	/**
	 * The id field if the text may have one. So a text without is not read further than
	 * to its type before its reader is known.
	 */
	private static @Nullable String idField(String text, MessageFields fields) {
		String id = fields.id();
		// with an escape in it, any member could be the one
		return (id != null && (text.contains('"' + id + '"') || text.contains("\\u"))) ? id : null;
	}

	@Override
	public Map<String, Class<?>> subtypes(Type type) {
		JavaType javaType = this.mapper.constructType(type);
		Map<String, Class<?>> subtypes = new LinkedHashMap<>();
		if (javaType.getRawClass().isSealed() && !isReadInItsOwnWay(javaType)) {
			collect(javaType.getRawClass(), subtypes);
		}
		return subtypes;
	}

	private boolean isReadInItsOwnWay(JavaType type) {
		DeserializationConfig config = this.mapper.deserializationConfig();
		AnnotatedClass annotated = annotated(type);
		AnnotationIntrospector introspector = config.getAnnotationIntrospector();
		return introspector.findPolymorphicTypeInfo(config, annotated) != null
				|| introspector.findDeserializer(config, annotated) != null;
	}

	private AnnotatedClass annotated(JavaType type) {
		return this.mapper.deserializationConfig().classIntrospectorInstance().introspectClassAnnotations(type);
	}

	private void collect(Class<?> sealed, Map<String, Class<?>> subtypes) {
		for (Class<?> subtype : sealed.getPermittedSubclasses()) {
			if (subtype.isSealed()) {
				collect(subtype, subtypes);
			}
			if (!subtype.isSealed() && Modifier.isAbstract(subtype.getModifiers())) {
				throw new IllegalArgumentException("permits " + subtype.getSimpleName() + ", which is abstract");
			}
			if (!Modifier.isAbstract(subtype.getModifiers())) {
				Class<?> other = subtypes.putIfAbsent(typeName(subtype), subtype);
				if (other != null && other != subtype) {
					throw new IllegalArgumentException("permits two classes for the type '" + typeName(subtype) + "': "
							+ other.getName() + " and " + subtype.getName());
				}
			}
		}
	}

	private String typeName(Class<?> type) {
		DeserializationConfig config = this.mapper.deserializationConfig();
		String name = config.getAnnotationIntrospector()
			.findTypeName(config, annotated(this.mapper.constructType(type)));
		return (name != null && !name.isEmpty()) ? name : EndpointScanner.defaultId(type);
	}

	/**
	 * What is wrong with a message, without the names of classes, let alone stack traces.
	 */
	static RuntimeException translate(JacksonException ex) {
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

		private @Nullable Object id;

		private JacksonMessage(JsonParser parser) {
			this.parser = parser;
			this.seen = TokenBuffer.forBuffering(parser, parser.objectReadContext());
		}

		static JacksonMessage open(JsonParser parser, String typeField, @Nullable String idField) {
			if (parser.nextToken() == null) {
				throw new InvalidMessageException(InvalidMessageException.MALFORMED, "The message is empty");
			}
			JacksonMessage message = new JacksonMessage(parser);
			if (parser.hasToken(JsonToken.START_OBJECT)) {
				message.find(typeField, idField);
			}
			else {
				message.seen.copyCurrentStructure(parser);
			}
			return message;
		}

		private void find(String typeField, @Nullable String idField) {
			boolean typeFound = false;
			boolean idFound = idField == null;
			this.seen.copyCurrentEvent(this.parser);
			while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = this.parser.currentName();
				this.seen.copyCurrentEvent(this.parser);
				JsonToken value = this.parser.nextToken();
				if (!typeFound && name.equals(typeField)) {
					this.type = (value == JsonToken.VALUE_STRING) ? this.parser.getString() : null;
					typeFound = true;
				}
				else if (!idFound && name.equals(idField)) {
					this.id = (value == JsonToken.VALUE_STRING) ? this.parser.getString()
							: (value == JsonToken.VALUE_NUMBER_INT) ? this.parser.getNumberValue() : null;
					idFound = true;
				}
				this.seen.copyCurrentStructure(this.parser);
				if (typeFound && idFound) {
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
		public @Nullable Object id() {
			return this.id;
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
	 * Lets a type do without properties for type and id of the message, even if the
	 * mapper fails on unknown properties.
	 */
	private static final class EnvelopeIsKnown extends DeserializationProblemHandler {

		private final Class<?> root;

		private final MessageFields fields;

		EnvelopeIsKnown(Class<?> root, MessageFields fields) {
			this.root = root;
			this.fields = fields;
		}

		@Override
		public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
				ValueDeserializer<?> deserializer, Object beanOrClass, String property) {
			Class<?> owner = (beanOrClass instanceof Class<?> type) ? type : beanOrClass.getClass();
			if (!this.fields.contain(property) || !this.root.isAssignableFrom(owner)) {
				return false;
			}
			parser.skipChildren();
			return true;
		}

	}

}
