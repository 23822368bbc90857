package io.github.wsspring.server;

/**
 * A message could not be written because its session ended or had no room for it, or its
 * answer cannot arrive any more.
 */
public final class SessionClosedException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Says what happened.
	 * @param message which session it was and what was to be done there
	 */
	public SessionClosedException(String message) {
		super(message, null, false, false);
	}

}
