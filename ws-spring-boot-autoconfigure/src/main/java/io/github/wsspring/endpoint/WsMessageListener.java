package io.github.wsspring.endpoint;

/**
 * Told about messages that were the client's fault, so that they can be counted. Beans of
 * this type are found. Called by many threads at once; must be quick and must not throw.
 */
@FunctionalInterface
public interface WsMessageListener {

	/** Hears nothing. */
	WsMessageListener NONE = (session, fault) -> {
	};

	/**
	 * A message could not be accepted.
	 * @param session the session that it came on
	 * @param fault what was wrong; {@link InvalidMessageException#getError()} is one of a
	 * few words unless the application throws its own
	 */
	void rejected(WsSession session, InvalidMessageException fault);

}
