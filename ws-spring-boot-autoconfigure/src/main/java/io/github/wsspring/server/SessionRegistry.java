package io.github.wsspring.server;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions: by id, by user, by topic. Safe from any thread.
 */
public final class SessionRegistry {

	private final Topics topics = new Topics();

	/**
	 * All sessions.
	 * @return a live view
	 */
	public Collection<Session> sessions() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Finds a session.
	 * @param id its id
	 * @return the session or {@code null} if it is not there any more
	 */
	public @Nullable Session find(String id) {
		throw new UnsupportedOperationException(id);
	}

	/**
	 * The sessions of a user.
	 * @param name the name of the user's principal
	 * @return a live view, possibly empty
	 */
	public Set<Session> ofUser(String name) {
		throw new UnsupportedOperationException(name);
	}

	/**
	 * Who listens to what.
	 * @return the topics
	 */
	public Topics topics() {
		return this.topics;
	}

	/**
	 * Sends one message to many sessions. It is encoded once, and each event loop is
	 * called once.
	 * @param receivers the sessions
	 * @param filter whether a session of these gets it, {@code null} for all
	 * @param message the message
	 * @return what became of it
	 */
	public SendSummary send(Collection<? extends Session> receivers, @Nullable Predicate<? super Session> filter,
			PreparedMessage message) {
		throw new UnsupportedOperationException();
	}

}
