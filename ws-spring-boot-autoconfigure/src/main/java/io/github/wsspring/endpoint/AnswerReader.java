package io.github.wsspring.endpoint;

import java.util.Map;

import io.github.wsspring.endpoint.JsonCodec.JsonMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Reads a client's answers to what we have asked.
 */
final class AnswerReader {

	private AnswerReader() {
	}

	/**
	 * Reads an answer.
	 * @return the answer; {@code null} only for the class {@code Void}
	 * @throws RequestFailedException if the answer is an error
	 * @throws InvalidMessageException if it does not fit the class
	 */
	@SuppressWarnings("unchecked")
	static <R> @Nullable R read(MessageCodec codec, String text, String id, Class<R> type) {
		if (isError(codec, text)) {
			throw error(codec, text);
		}
		if (type == Void.class) {
			return null;
		}
		Object value = value(codec, text, id, type);
		if (value == null) {
			throw new InvalidMessageException(InvalidMessageException.INVALID, "The reply to '" + id + "' is empty");
		}
		return (R) ClassUtils.resolvePrimitiveIfNecessary(type).cast(value);
	}

	private static boolean isError(MessageCodec codec, String text) {
		try (JsonMessage message = codec.json().open(text, codec.fields())) {
			return Request.ERROR.equals(message.type());
		}
	}

	private static RequestFailedException error(MessageCodec codec, String text) {
		Map<?, ?> members = (Map<?, ?>) codec.json().reader(Map.class, codec.fields()).read(text);
		return new RequestFailedException((members.get("error") instanceof String error) ? error : Request.ERROR,
				(members.get("detail") instanceof String detail) ? detail : null);
	}

	private static @Nullable Object value(MessageCodec codec, String text, String id, Class<?> type) {
		try {
			return codec.json().readAnswer(text, type, codec.fields());
		}
		catch (InvalidMessageException ex) {
			throw new InvalidMessageException(ex.getError(),
					"The reply to '" + id + "' does not fit: " + ex.getDetail());
		}
	}

}
