package io.github.wsspring.endpoint;

/**
 * Where the methods of an endpoint are called.
 */
public enum Execution {

	/** On the application's executor: blocking is fine. */
	TASK,

	/**
	 * On the event loop of the session, without a change of thread: the method must not
	 * block, as all other sessions of that loop wait for it.
	 */
	EVENT_LOOP

}
