package io.github.wsspring.server;

/**
 * A message could not be written because its session ended or had no room for it.
 */
public final class SessionClosedException extends Exception {

	private static final long serialVersionUID = 1L;

	SessionClosedException(String message) {
		super(message, null, false, false);
	}

}
