package io.github.wsspring.context;

import io.github.wsspring.server.Session;

/**
 * Published when a session was opened.
 *
 * @see WsEventPublisher
 */
public class WsSessionOpenedEvent extends WsSessionEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the event.
	 * @param session the session
	 */
	public WsSessionOpenedEvent(Session session) {
		super(session);
	}

}
