package io.github.wsspring.context;

import io.github.wsspring.server.Session;

/**
 * Published when a session has joined a topic.
 *
 * @see WsEventPublisher
 */
public class WsTopicJoinedEvent extends WsSessionEvent {

	private static final long serialVersionUID = 1L;

	private final String topic;

	/**
	 * Creates the event.
	 * @param session the session
	 * @param topic the name of the topic
	 */
	public WsTopicJoinedEvent(Session session, String topic) {
		super(session);
		this.topic = topic;
	}

	/**
	 * The topic that the session has joined.
	 * @return its name
	 */
	public String getTopic() {
		return this.topic;
	}

}
