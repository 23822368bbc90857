package io.github.wsspring.endpoint;

/**
 * A message that is the client's fault. Unless an {@link OnError} method names this
 * exception, the client gets <code>{"type":"error","error":"...","detail":"..."}</code>
 * and the session goes on. Handler methods may throw it, too.
 */
public final class InvalidMessageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	static final String MALFORMED = "malformed-json";

	static final String UNKNOWN_TYPE = "unknown-type";

	static final String INVALID = "invalid-message";

	static final String UNSUPPORTED = "unsupported-message";

	static final String TOO_MANY_STREAMS = "too-many-streams";

	private final String error;

	/**
	 * Says what is wrong.
	 * @param error a word for programs, such as {@code invalid-message}
	 * @param detail a sentence for developers; the client sees it
	 */
	public InvalidMessageException(String error, String detail) {
		// Without a stack trace: it says nothing about the client, and any client could
		// make us fill in one per message.
		super(detail, null, false, false);
		this.error = error;
	}

	/**
	 * What is wrong, for programs.
	 * @return a word such as {@code malformed-json}, {@code unknown-type},
	 * {@code invalid-message}, {@code unsupported-message} or {@code too-many-streams}
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

}
