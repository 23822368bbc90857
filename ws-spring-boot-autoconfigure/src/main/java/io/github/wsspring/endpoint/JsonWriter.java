package io.github.wsspring.endpoint;

import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON text, and binary messages of what a converter supports.
 *
 * @param codec knows how
 */
record JsonWriter(MessageCodec codec) implements MessageWriter {

	@Override
	public PreparedMessage encode(Object payload) {
		return this.codec.encode(payload);
	}

	@Override
	public PreparedMessage encode(String type, Object payload) {
		return this.codec.encode(type, payload);
	}

	@Override
	public PreparedMessage answer(String type, Object id, Object payload) {
		return this.codec.answer(type, id, payload);
	}

	@Override
	public PreparedMessage answer(String type, Object id) {
		return this.codec.answer(type, id);
	}

	@Override
	public PreparedMessage encode(ErrorMessage error, @Nullable Object id) {
		return this.codec.encode(error, id);
	}

}
