package io.github.wsspring.endpoint;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages by any of Jackson's mappers, of the same shape as those in JSON. With
 * {@code jackson-dataformat-cbor}:
 *
 * <pre>{@code
 * &#64;Bean
 * WsMessageFormat cbor() {
 *   return new JacksonMessageFormat("chat.cbor", new CBORMapper());
 * }
 * }</pre>
 */
public final class JacksonMessageFormat implements WsMessageFormat {

	private static final String DATA = "data";

	private final String subprotocol;

	private final ObjectMapper mapper;

	private final MessageFields fields;

	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	/**
	 * Uses a mapper, and members called {@code type} and {@code id}.
	 * @param subprotocol the subprotocol
	 * @param mapper reads and writes messages
	 */
	public JacksonMessageFormat(String subprotocol, ObjectMapper mapper) {
		this(subprotocol, mapper, new MessageFields("type", "id"));
	}

	/**
	 * Uses a mapper.
	 * @param subprotocol the subprotocol
	 * @param mapper reads and writes messages
	 * @param fields the members of messages that are not the payload's
	 */
	public JacksonMessageFormat(String subprotocol, ObjectMapper mapper, MessageFields fields) {
		this.subprotocol = subprotocol;
		this.mapper = mapper;
		this.fields = fields;
	}

	@Override
	public String subprotocol() {
		return this.subprotocol;
	}

	@Override
	public WsEnvelope envelope(byte[] message) {
		try (JsonParser parser = this.mapper.createParser(message)) {
			String type = null;
			Object id = null;
			if (parser.nextToken() == JsonToken.START_OBJECT) {
				while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
					String name = parser.currentName();
					JsonToken value = parser.nextToken();
					if (name.equals(this.fields.type()) && value == JsonToken.VALUE_STRING) {
						type = parser.getString();
					}
					else if (name.equals(this.fields.id())) {
						id = (value == JsonToken.VALUE_STRING) ? parser.getString()
								: (value == JsonToken.VALUE_NUMBER_INT) ? parser.getNumberValue() : null;
					}
					parser.skipChildren();
				}
			}
			return new WsEnvelope(type, id);
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	@Override
	public Object read(byte[] message, Type type) {
		try {
			Object value = this.readers.computeIfAbsent(type, this::reader).readValue(message);
			if (value == null) {
				throw new InvalidMessageException(InvalidMessageException.INVALID, "The message is null");
			}
			return value;
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	private ObjectReader reader(Type type) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		return JacksonJsonCodec.lenient(reader, this.fields);
	}

	private static RuntimeException translate(JacksonException ex) {
		return (ex instanceof StreamReadException)
				? new InvalidMessageException(InvalidMessageException.MALFORMED_BINARY,
						"The binary message cannot be read")
				: JacksonJsonCodec.translate(ex);
	}

	@Override
	public byte[] write(WsEnvelope envelope, @Nullable Object payload) {
		if (envelope.type() == null && envelope.id() == null) {
			return this.mapper.writeValueAsBytes(payload);
		}
		ObjectNode message = this.mapper.createObjectNode();
		if (envelope.type() != null) {
			message.put(this.fields.type(), envelope.type());
		}
		if (envelope.id() != null && this.fields.id() != null) {
			message.set(this.fields.id(), this.mapper.<JsonNode>valueToTree(envelope.id()));
		}
		if (payload != null) {
			add(this.mapper.valueToTree(payload), envelope.id() != null, message);
		}
		return this.mapper.writeValueAsBytes(message);
	}

	/** An answer must not look like an acknowledgement, nor have two ids. */
	private void add(JsonNode payload, boolean answer, ObjectNode message) {
		if (!(payload instanceof ObjectNode object)) {
			message.set(DATA, payload);
			return;
		}
		if (!answer) {
			object.remove(this.fields.type());
		}
		else if (object.isEmpty() || object.has(this.fields.type())
				|| (this.fields.id() != null && object.has(this.fields.id()))) {
			message.set(DATA, object);
			return;
		}
		message.setAll(object);
	}

}
