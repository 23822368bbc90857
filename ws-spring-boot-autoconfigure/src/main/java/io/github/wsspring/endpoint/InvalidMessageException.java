package io.github.wsspring.endpoint;

import java.io.Serializable;
import java.util.List;

/**
 * A message that is the client's fault. Unless an {@link OnError} method names this
 * exception, the client gets <code>{"type":"error","error":"...","detail":"..."}</code>,
 * with <code>"fields":[{"field":"...","message":"..."}]</code> if it is about some, and
 * the session goes on. Handler methods may throw it, too.
 */
public final class InvalidMessageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	static final String MALFORMED = "malformed-json";

	static final String UNKNOWN_TYPE = "unknown-type";

	static final String INVALID = "invalid-message";

	static final String UNSUPPORTED = "unsupported-message";

	static final String NOT_VALID = "invalid";

	static final String MALFORMED_BINARY = "malformed-binary";

	static final String TOO_MANY_STREAMS = "too-many-streams";

	static final String NO_TOPIC = "no-topic";

	private final String error;

	private final Field[] fields;

	/**
	 * Says what is wrong.
	 * @param error a word for programs, such as {@code invalid-message}
	 * @param detail a sentence for developers; the client sees it
	 */
	public InvalidMessageException(String error, String detail) {
		this(error, detail, List.of());
	}

	/**
	 * Says what is wrong with single members.
	 * @param error a word for programs, such as {@code invalid}
	 * @param detail a sentence for developers; the client sees it
	 * @param fields what is wrong with which members; the client sees them
	 */
	public InvalidMessageException(String error, String detail, List<Field> fields) {
		// Without a stack trace: it says nothing about the client, and any client could
		// make us fill in one per message.
		super(detail, null, false, false);
		this.error = error;
		this.fields = fields.toArray(Field[]::new);
	}

	/**
	 * What is wrong, for programs.
	 * @return a word such as {@code malformed-json}, {@code malformed-binary},
	 * {@code unknown-type}, {@code invalid}, {@code invalid-message},
	 * {@code unsupported-message}, {@code no-topic} or {@code too-many-streams}
	 */
	public String getError() {
		return this.error;
	}

	/**
	 * What is wrong, for developers.
	 * @return a sentence
	 */
	public String getDetail() {
		return String.valueOf(getMessage());
	}

	/**
	 * What is wrong with single members.
	 * @return the members; empty if it is about the message as a whole
	 */
	public List<Field> getFields() {
		return List.of(this.fields);
	}

	/**
	 * A member of a message and what is wrong with it.
	 *
	 * @param field the member, such as {@code address.city}; empty if it is about several
	 * of them
	 * @param message what is wrong, for people
	 */
	public record Field(String field, String message) implements Serializable {

	}

}
