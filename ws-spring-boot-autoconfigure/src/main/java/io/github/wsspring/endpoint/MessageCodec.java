package io.github.wsspring.endpoint;

import java.nio.ByteBuffer;

import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Payloads to messages. Safe for any number of threads.
 */
public final class MessageCodec {

	private final @Nullable JsonCodec json;

	private final String typeField;

	/**
	 * Says how JSON is read and written.
	 * @param json the JSON codec, {@code null} if the application has no JSON library:
	 * then only text and bytes can be sent
	 * @param typeField the member of JSON objects that names the type of a message
	 */
	public MessageCodec(@Nullable JsonCodec json, String typeField) {
		this.json = json;
		this.typeField = typeField;
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

	String typeField() {
		return this.typeField;
	}

	/**
	 * Encodes a payload: a {@code String} as text, bytes as binary, everything else as
	 * JSON text.
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
		// By way of a String rather than of UTF-8 bytes: a lone surrogate that a client
		// sent would fail a JSON generator that writes bytes, and so the session.
		return PreparedMessage.text(json().write(payload));
	}

	/**
	 * Encodes a payload with a type: a JSON object gets the type as its first member, any
	 * other value is wrapped.
	 */
	PreparedMessage encode(String type, Object payload) {
		String json = json().writeWithout(payload, this.typeField);
		StringBuilder text = new StringBuilder(json.length() + type.length() + 32);
		text.append('{');
		JsonText.quote(this.typeField, text).append(':');
		JsonText.quote(type, text);
		if (!json.startsWith("{")) {
			text.append(",\"data\":").append(json).append('}');
		}
		else {
			text.append(JsonText.isEmptyObject(json) ? "" : ",").append(json, 1, json.length());
		}
		return PreparedMessage.text(text.toString());
	}

	/**
	 * The message that tells a client what is wrong with its own.
	 */
	PreparedMessage error(String error, String detail) {
		StringBuilder text = new StringBuilder(detail.length() + 64).append('{');
		JsonText.quote(this.typeField, text).append(":\"error\",\"error\":");
		JsonText.quote(error, text).append(",\"detail\":");
		JsonText.quote(detail, text).append('}');
		return PreparedMessage.text(text.toString());
	}

}
