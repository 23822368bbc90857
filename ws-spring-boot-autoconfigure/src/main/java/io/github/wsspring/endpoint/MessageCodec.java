package io.github.wsspring.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.wsspring.endpoint.InvalidMessageException.Field;
import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Payloads to messages. Safe for any number of threads.
 */
public final class MessageCodec {

	private final @Nullable JsonCodec json;

	private final MessageFields fields;

	private final List<WsMessageConverter> converters;

	private final MessageWriter plain = new JsonWriter(this);

	private final Map<String, FormatWriter> formats = new LinkedHashMap<>();

	/**
	 * Says how payloads are read and written.
	 * @param json the JSON codec, {@code null} if the application has no JSON library:
	 * then only text, bytes and what a converter supports can be sent
	 * @param fields the members of JSON objects that are not the payload's
	 * @param converters make binary messages of types of their own
	 */
	public MessageCodec(@Nullable JsonCodec json, MessageFields fields, List<WsMessageConverter> converters) {
		this(json, fields, converters, List.of());
	}

	/**
	 * Says how payloads are read and written.
	 * @param json the JSON codec, {@code null} if the application has no JSON library
	 * @param fields the members of JSON objects that are not the payload's
	 * @param converters make binary messages of types of their own
	 * @param formats take the place of JSON in the sessions with their subprotocols; the
	 * first of those with the same one
	 */
	public MessageCodec(@Nullable JsonCodec json, MessageFields fields, List<WsMessageConverter> converters,
			List<WsMessageFormat> formats) {
		this.json = json;
		this.fields = fields;
		this.converters = List.copyOf(converters);
		for (WsMessageFormat format : formats) {
			this.formats.putIfAbsent(format.subprotocol(), new FormatWriter(format, this));
		}
	}

	boolean hasFormats() {
		return !this.formats.isEmpty();
	}

	List<WsMessageFormat> formats() {
		return this.formats.values().stream().map(FormatWriter::format).toList();
	}

	/**
	 * What makes the messages of a session.
	 * @param subprotocol the subprotocol of the session
	 */
	MessageWriter writer(@Nullable String subprotocol) {
		FormatWriter format = (hasFormats() && subprotocol != null) ? this.formats.get(subprotocol) : null;
		return (format != null) ? format : this.plain;
	}

	List<MessageWriter> writers() {
		List<MessageWriter> writers = new ArrayList<>(this.formats.values());
		writers.add(this.plain);
		return writers;
	}

	/**
	 * Says how JSON is read and written.
	 * @param json the JSON codec, {@code null} if the application has no JSON library:
	 * then only text and bytes can be sent
	 * @param typeField the member of JSON objects that names the type of a message
	 */
	public MessageCodec(@Nullable JsonCodec json, String typeField) {
		this(json, new MessageFields(typeField, typeField.equals("id") ? null : "id"), List.of());
	}

	boolean hasJson() {
		return this.json != null;
	}

	JsonCodec json() {
		if (this.json == null) {
			throw new IllegalStateException(
					"Only String, byte[] and ByteBuffer can be sent without a JSON library; add spring-boot-starter-jackson");
		}
		return this.json;
	}

	MessageFields fields() {
		return this.fields;
	}

	/**
	 * The converter for a class.
	 * @return the converter, {@code null} for JSON, text and bytes
	 */
	@Nullable WsMessageConverter converter(Class<?> type) {
		for (WsMessageConverter converter : this.converters) {
			if (converter.supports(type)) {
				return converter;
			}
		}
		return null;
	}

	boolean isConverted(Class<?> type) {
		return converter(type) != null;
	}

	/**
	 * Encodes a payload: a {@code String} as text, bytes and what a converter supports as
	 * binary, everything else as JSON text.
	 */
	PreparedMessage encode(Object payload) {
		if (payload instanceof String text) {
			return PreparedMessage.text(text);
		}
		if (payload instanceof byte[] data) {
			return PreparedMessage.binary(data);
		}
		if (payload instanceof ByteBuffer buffer) {
			byte[] data = new byte[buffer.remaining()];
			buffer.duplicate().get(data);
			return PreparedMessage.binary(data);
		}
		if (payload instanceof PreparedMessage message) {
			return message;
		}
		WsMessageConverter converter = converter(payload.getClass());
		if (converter != null) {
			return PreparedMessage.binary(write(converter, payload));
		}
		// By way of a String rather than of UTF-8 bytes: a lone surrogate that a client
		// sent would fail a JSON generator that writes bytes, and so the session.
		return PreparedMessage.text(json().write(payload));
	}

	/**
	 * Encodes a payload with a type: a JSON object gets the type as its first member, any
	 * other value is wrapped.
	 */
	PreparedMessage encode(String type, Object payload) {
		String json = json().writeWithout(payload, this.fields.type());
		StringBuilder text = begin(type, json.length());
		if (json.startsWith("{")) {
			return end(text, json);
		}
		return PreparedMessage.text(text.append(",\"data\":").append(json).append('}').toString());
	}

	/**
	 * Encodes a request of ours.
	 * @param type its type, {@code null} if the payload says itself what it is about
	 * @throws IllegalArgumentException without a type, if the payload is no object or has
	 * an id of its own
	 */
	PreparedMessage request(@Nullable String type, String id, Object payload) {
		String json = (type != null) ? json().writeWithout(payload, this.fields.type()) : json().write(payload);
		String idField = Objects.requireNonNull(this.fields.id());
		boolean open = json.startsWith("{") && !JsonText.hasMember(json, idField);
		if (type == null && !open) {
			throw new IllegalArgumentException("A request has to become a JSON object without a member '" + idField
					+ "', or give it a type, as in request(\"type\", payload, ...)");
		}
		StringBuilder text = (type != null) ? begin(type, json.length()) : new StringBuilder(json.length() + 24);
		JsonText.quote(idField, text.append((type != null) ? ',' : '{')).append(':');
		JsonText.quote(id, text);
		return open ? end(text, json)
				: PreparedMessage.text(text.append(",\"data\":").append(json).append('}').toString());
	}

	/**
	 * Encodes the answer to a request: a JSON object gets type and id as its first
	 * members; any other value is wrapped, and so is an object with such members of its
	 * own, or with none, which would look like an acknowledgement.
	 */
	PreparedMessage answer(String type, Object id, Object payload) {
		WsMessageConverter converter = converter(payload.getClass());
		String json = json().write((converter != null) ? write(converter, payload) : payload);
		StringBuilder text = begin(type, json.length());
		appendId(id, text);
		if (json.startsWith("{") && !JsonText.isEmptyObject(json) && !JsonText.hasMember(json, this.fields.type())
				&& !JsonText.hasMember(json, Objects.requireNonNull(this.fields.id()))) {
			return end(text, json);
		}
		return PreparedMessage.text(text.append(",\"data\":").append(json).append('}').toString());
	}

	/**
	 * Encodes the answer to a request that there is nothing to say about.
	 */
	PreparedMessage answer(String type, Object id) {
		StringBuilder text = begin(type, 0);
		appendId(id, text);
		return PreparedMessage.text(text.append('}').toString());
	}

	/**
	 * The message that tells a client what is wrong.
	 * @param id the id of the client's request, {@code null} if it was none
	 */
	PreparedMessage encode(ErrorMessage error, @Nullable Object id) {
		StringBuilder text = begin("error", 128);
		appendId(id, text);
		JsonText.quote(error.error(), text.append(",\"error\":"));
		if (error.detail() != null) {
			JsonText.quote(error.detail(), text.append(",\"detail\":"));
		}
		if (!error.fields().isEmpty()) {
			append(error.fields(), text);
		}
		error.more().forEach((name, value) -> {
			boolean known = value instanceof String || value instanceof Integer;
			if (!this.fields.contain(name) && (known || this.json != null)) {
				JsonText.quote(name, text.append(',')).append(':');
				text.append(known ? plain(value) : json().write(value));
			}
		});
		return PreparedMessage.text(text.append('}').toString());
	}

	private static void append(List<Field> fields, StringBuilder text) {
		text.append(",\"fields\":[");
		for (Field field : fields) {
			JsonText.quote(field.field(), text.append("{\"field\":"));
			JsonText.quote(field.message(), text.append(",\"message\":")).append("},");
		}
		text.setCharAt(text.length() - 1, ']');
	}

	private static CharSequence plain(Object value) {
		return (value instanceof String string) ? JsonText.quote(string, new StringBuilder()) : value.toString();
	}

	private StringBuilder begin(String type, int length) {
		StringBuilder text = new StringBuilder(length + type.length() + 48).append('{');
		JsonText.quote(this.fields.type(), text).append(':');
		return JsonText.quote(type, text);
	}

	private void appendId(@Nullable Object id, StringBuilder text) {
		if (id != null) {
			JsonText.quote(Objects.requireNonNull(this.fields.id()), text.append(',')).append(':').append(plain(id));
		}
	}

	private static PreparedMessage end(StringBuilder text, String object) {
		text.append(JsonText.isEmptyObject(object) ? "" : ",").append(object, 1, object.length());
		return PreparedMessage.text(text.toString());
	}

	private static byte[] write(WsMessageConverter converter, Object payload) {
		try {
			return converter.write(payload);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
