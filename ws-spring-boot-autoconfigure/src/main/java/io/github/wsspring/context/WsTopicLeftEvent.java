package io.github.wsspring.context;

import io.github.wsspring.server.Session;

/**
 * Published when a session has left a topic. One that ends leaves its topics before the
 * {@link WsSessionClosedEvent}.
 *
 * @see WsEventPublisher
 */
public class WsTopicLeftEvent extends WsSessionEvent {

	private static final long serialVersionUID = 1L;

	private final String topic;

	/**
	 * Creates the event.
	 * @param session the session
	 * @param topic the name of the topic
	 */
	public WsTopicLeftEvent(Session session, String topic) {
		super(session);
		this.topic = topic;
	}

	/**
	 * The topic that the session has left.
	 * @return its name
	 */
	public String getTopic() {
		return this.topic;
	}

}
