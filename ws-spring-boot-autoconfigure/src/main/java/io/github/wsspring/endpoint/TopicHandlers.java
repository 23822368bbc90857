package io.github.wsspring.endpoint;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.endpoint.TopicPattern.Match;
import io.github.wsspring.server.Topics;
import org.jspecify.annotations.Nullable;

/**
 * The methods of an endpoint that decide who joins which topic, and those that are told.
 */
final class TopicHandlers {

	private final List<Decider> deciders;

	private final List<Listener> joins;

	private final List<Listener> leaves;

	TopicHandlers(List<Decider> deciders, List<Listener> joins, List<Listener> leaves) {
		this.deciders = List.copyOf(deciders);
		this.joins = List.copyOf(joins);
		this.leaves = List.copyOf(leaves);
	}

	/**
	 * Makes a session a member of a topic unless a method refuses.
	 */
	boolean join(DefaultWsSession session, String topic) {
		if (!this.deciders.isEmpty() && !isMember(session, topic) && !admits(session, topic)) {
			return false;
		}
		return told(session, topic, topics(session).join(topic, session.engine()));
	}

	boolean leave(DefaultWsSession session, String topic) {
		return told(session, topic, topics(session).leave(topic, session.engine()));
	}

	private boolean told(DefaultWsSession session, String topic, boolean changed) {
		if (changed && (!this.joins.isEmpty() || !this.leaves.isEmpty())) {
			session.handler().topicChanged(session, topic);
		}
		return changed;
	}

	private boolean admits(DefaultWsSession session, String topic) {
		for (Decider decider : this.deciders) {
			Match match = decider.topics().match(topic);
			if (match != null && !decide(decider.method(), session, match)) {
				return false;
			}
		}
		return true;
	}

	private static boolean decide(HandlerMethod method, DefaultWsSession session, Match match) {
		try {
			return Boolean.TRUE.equals(method.call(session, match));
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("The method that decides about the topic '" + match.topic() + "' failed",
					ex);
		}
	}

	/**
	 * Tells the methods what has become of a membership since they were told last. Called
	 * in the session's turn, so that joining and leaving on several threads at once
	 * cannot mix up the order. After the session's end nobody is told.
	 */
	@Nullable CompletionStage<?> update(DefaultWsSession session, String topic) throws Throwable {
		Set<String> known = session.knownTopics();
		if (known == null) {
			return null;
		}
		boolean member = isMember(session, topic);
		if (member && known.add(topic)) {
			return tell(this.joins, session, topic);
		}
		if (!member && known.remove(topic)) {
			return tell(this.leaves, session, topic);
		}
		return null;
	}

	/**
	 * Tells the methods that a session has left a topic because it has ended.
	 */
	@Nullable CompletionStage<?> left(DefaultWsSession session, String topic) throws Throwable {
		return tell(this.leaves, session, topic);
	}

	private static @Nullable CompletionStage<?> tell(List<Listener> listeners, DefaultWsSession session, String topic)
			throws Throwable {
		CompletionStage<?> all = null;
		for (Listener listener : listeners) {
			Match match = listener.topics().match(topic);
			CompletionStage<?> one = (match != null) ? listener.receiver().receive(session, match) : null;
			if (one != null) {
				all = (all != null) ? all.thenCombine(one, (first, second) -> second) : one;
			}
		}
		return all;
	}

	private static boolean isMember(DefaultWsSession session, String topic) {
		return topics(session).members(topic).contains(session.engine());
	}

	private static Topics topics(DefaultWsSession session) {
		return session.context().registry().topics();
	}

	/**
	 * A method that decides.
	 *
	 * @param topics the topics that it decides about
	 * @param method the method, which returns a boolean
	 */
	record Decider(TopicPattern topics, HandlerMethod method) {

	}

	/**
	 * A method that is told.
	 *
	 * @param topics the topics that it wants to know of
	 * @param receiver what calls it
	 */
	record Listener(TopicPattern topics, Receiver receiver) {

	}

}
