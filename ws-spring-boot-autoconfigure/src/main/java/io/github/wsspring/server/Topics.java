package io.github.wsspring.server;

import java.util.Set;

/**
 * Which sessions belong to which topic. Safe from any thread; a change is seen at once.
 * <p>
 * A session leaves its topics by itself when it ends, before
 * {@link SessionHandler#onClose} is called.
 */
public final class Topics {

	Topics() {
	}

	/**
	 * Makes a session a member of a topic.
	 * @param topic the topic's name
	 * @param session the session
	 * @return {@code false} if it already was, or is closed
	 */
	public boolean join(String topic, Session session) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Ends a session's membership of a topic.
	 * @param topic the topic's name
	 * @param session the session
	 * @return {@code false} if it was no member
	 */
	public boolean leave(String topic, Session session) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The members of a topic.
	 * @param topic the topic's name
	 * @return a live view, possibly empty
	 */
	public Set<Session> members(String topic) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The topics of a session; after its end those that it had.
	 * @param session the session
	 * @return a copy, possibly empty
	 */
	public Set<String> topicsOf(Session session) {
		throw new UnsupportedOperationException();
	}

}
