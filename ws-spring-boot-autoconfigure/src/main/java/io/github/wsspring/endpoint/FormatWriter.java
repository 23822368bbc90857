package io.github.wsspring.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes binary messages by a format.
 *
 * @param format the format
 * @param codec encodes what has a form of its own
 */
record FormatWriter(WsMessageFormat format, MessageCodec codec) implements MessageWriter {

	@Override
	public PreparedMessage encode(Object payload) {
		boolean plain = payload instanceof String || payload instanceof byte[] || payload instanceof ByteBuffer
				|| payload instanceof PreparedMessage;
		return plain ? this.codec.encode(payload) : write(WsEnvelope.NONE, payload);
	}

	@Override
	public PreparedMessage encode(String type, Object payload) {
		return write(new WsEnvelope(type, null), payload);
	}

	@Override
	public PreparedMessage answer(String type, Object id, Object payload) {
		return write(new WsEnvelope(type, id), payload);
	}

	@Override
	public PreparedMessage answer(String type, Object id) {
		return write(new WsEnvelope(type, id), null);
	}

	@Override
	public PreparedMessage encode(ErrorMessage error, @Nullable Object id) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("error", error.error());
		if (error.detail() != null) {
			members.put("detail", error.detail());
		}
		if (!error.fields().isEmpty()) {
			members.put("fields", error.fields());
		}
		error.more().forEach((name, value) -> {
			if (!this.codec.fields().contain(name)) {
				members.put(name, value);
			}
		});
		return write(new WsEnvelope(Request.ERROR, id), members);
	}

	private PreparedMessage write(WsEnvelope envelope, @Nullable Object payload) {
		try {
			return PreparedMessage.binary(this.format.write(envelope, payload));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
