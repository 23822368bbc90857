package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Who a handler method is called for and who gets its answer: a session, or a request
 * that came on it.
 */
interface Caller {

	/**
	 * The session.
	 */
	DefaultWsSession session();

	/**
	 * Type and id of the message that the method is called for.
	 * @return the envelope, empty if there is none
	 */
	WsEnvelope envelope();

	/**
	 * Whether an answer is waited for.
	 */
	default boolean awaitsAnswer() {
		return envelope().id() != null;
	}

	/**
	 * Sends what a method returned.
	 */
	void reply(Object value);

	/**
	 * Sends what a method returned, with a type of its own.
	 */
	void reply(String type, Object value);

	/**
	 * The method is done and has nothing to say.
	 */
	void acknowledge();

	/**
	 * Sends an error.
	 */
	void error(ErrorMessage error);

	/**
	 * The same caller after a failure: whatever it is answered now is an error.
	 */
	Caller failed();

}
