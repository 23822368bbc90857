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

	private volatile ServerListener listener = ServerListener.NONE;

	Topics() {
	}

	/**
	 * Says who is told of joins and leaves.
	 * @param listener told while the topic cannot change, so that it hears in order
	 */
	void reportTo(ServerListener listener) {
		this.listener = listener;
	}

	/**
	 * Makes a session a member of a topic.
	 * @param topic the topic's name
	 * @param session the session
	 * @return {@code false} if it already was, or has ended
	 */
	public boolean join(String topic, Session session) {
		LiveSession live = (LiveSession) session;
		boolean[] joined = new boolean[1];
		// both sides change together, so that join and leave of two threads cannot cross
		this.members.compute(topic, (key, existing) -> {
			if (live.hasEnded() || !live.joinedTopics().add(topic)) {
				return existing;
			}
			Set<Session> sessions = (existing != null) ? existing : ConcurrentHashMap.newKeySet();
			joined[0] = sessions.add(live);
			this.listener.joined(live, topic);
			return sessions;
		});
		if (joined[0] && live.hasEnded()) {
			// it ended just now, perhaps too early to take this topic with it
			leave(topic, live);
			return false;
		}
		return joined[0];
	}

	/**
	 * Ends a session's membership of a topic.
	 * @param topic the topic's name
	 * @param session the session
	 * @return {@code false} if it was no member
	 */
	public boolean leave(String topic, Session session) {
		LiveSession live = (LiveSession) session;
		boolean[] left = new boolean[1];
		this.members.computeIfPresent(topic, (key, sessions) -> {
			left[0] = live.joinedTopics().remove(topic) && remove(sessions, live, topic);
			return sessions.isEmpty() ? null : sessions;
		});
		return left[0];
	}

	private boolean remove(Set<Session> members, LiveSession session, String topic) {
		boolean left = members.remove(session);
		if (left) {
			this.listener.left(session, topic);
		}
		return left;
	}

	void leaveAll(LiveSession session) {
		for (String topic : session.topics()) {
			this.members.computeIfPresent(topic, (key, sessions) -> {
				remove(sessions, session, topic);
				return sessions.isEmpty() ? null : sessions;
			});
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
