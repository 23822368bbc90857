package io.github.wsspring.server;

/**
 * Brings a session's items to its handler: one at a time, in order. Filled by the
 * session's event loop. What an item may be, {@link Invoker} knows.
 */
interface Delivery {

	/**
	 * Delivers an item after those that were given before.
	 * @param item the item
	 */
	void deliver(Object item);

	/**
	 * Whether the loop should stop reading; if so, the delivery will have reading
	 * resumed.
	 * @return {@code true} if as many items wait as may
	 */
	boolean isFull();

}
