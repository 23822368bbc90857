package io.github.wsspring.server;

import java.io.IOException;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a message that is being read will never arrive, as its session ends. A
 * handler need not do anything about it but come to an end: it is no failure of its own.
 */
public final class IncompleteMessageException extends IOException {

	private static final long serialVersionUID = 1L;

	private final transient CloseStatus status;

	private final transient MessageStream message;

	IncompleteMessageException(CloseStatus status, MessageStream message) {
		super("The rest of the message will not come: "
				+ (status.equals(CloseStatus.ABNORMAL) ? "the connection is gone" : "the session ends with " + status));
		this.status = status;
		this.message = message;
	}

	/**
	 * How the session ends: {@link CloseStatus#TOO_BIG} if the message grew over the
	 * limit, {@link CloseStatus#INVALID_PAYLOAD} if it was not UTF-8,
	 * {@link CloseStatus#ABNORMAL} if the connection was lost.
	 * @return the status
	 */
	public CloseStatus status() {
		return this.status;
	}

	/**
	 * Whether this is what a failure comes from.
	 * @param failure what was thrown
	 * @return {@code true} if it is such an exception, or was caused by one
	 */
	public static boolean isCauseOf(Throwable failure) {
		return find(failure) != null;
	}

	static boolean isCauseOf(Throwable failure, MessageStream message) {
		IncompleteMessageException found = find(failure);
		return found != null && found.message == message;
	}

	private static @Nullable IncompleteMessageException find(Throwable failure) {
		int depth = 0;
		for (Throwable cause = failure; cause != null && depth < 16; cause = cause.getCause(), depth++) {
			if (cause instanceof IncompleteMessageException found) {
				return found;
			}
		}
		return null;
	}

}
