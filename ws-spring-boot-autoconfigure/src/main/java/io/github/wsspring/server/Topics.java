package io.github.wsspring.server;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sessions belong to which topic. Safe from any thread; a change is seen at once.
 * <p>
 * A session leaves its topics by itself when it ends, before
 * {@link SessionHandler#onClose} is called.
 */
public final class Topics {

	private final Map<String, Set<Session>> members = new ConcurrentHashMap<>();

	Topics() {
	}

	/**
	 * Makes a session a member of a topic.
	 * @param topic the topic's name
	 * @param session the session
	 * @return {@code false} if it already was, or has ended
	 */
	public boolean join(String topic, Session session) {
		LiveSession live = (LiveSession) session;
		if (live.hasEnded() || !live.joinedTopics().add(topic)) {
			return false;
		}
		add(topic, live);
		if (live.hasEnded()) {
			// it ended just now, perhaps too early to take this topic with it
			remove(topic, live);
			return false;
		}
		return true;
	}

	private void add(String topic, Session session) {
		this.members.compute(topic, (key, existing) -> {
			Set<Session> sessions = (existing != null) ? existing : ConcurrentHashMap.newKeySet();
			sessions.add(session);
			return sessions;
		});
	}

	/**
	 * Ends a session's membership of a topic.
	 * @param topic the topic's name
	 * @param session the session
	 * @return {@code false} if it was no member
	 */
	public boolean leave(String topic, Session session) {
		return ((LiveSession) session).joinedTopics().remove(topic) && remove(topic, session);
	}

	private boolean remove(String topic, Session session) {
		boolean[] removed = new boolean[1];
		this.members.computeIfPresent(topic, (key, sessions) -> {
			removed[0] = sessions.remove(session);
			return sessions.isEmpty() ? null : sessions;
		});
		return removed[0];
	}

	void leaveAll(LiveSession session) {
		for (String topic : session.topics()) {
			remove(topic, session);
		}
	}

	/**
	 * The members of a topic.
	 * @param topic the topic's name
	 * @return a live view, possibly empty
	 */
	public Set<Session> members(String topic) {
		Set<Session> sessions = this.members.get(topic);
		return (sessions != null) ? Collections.unmodifiableSet(sessions) : Set.of();
	}

	/**
	 * The topics of a session; after its end those that it had.
	 * @param session the session
	 * @return a copy, possibly empty
	 */
	public Set<String> topicsOf(Session session) {
		return Set.copyOf(((LiveSession) session).topics());
	}

}
