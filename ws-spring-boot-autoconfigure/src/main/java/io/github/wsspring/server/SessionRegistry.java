package io.github.wsspring.server;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions: by id, by user, by topic. Safe from any thread.
 */
public final class SessionRegistry {

	private final SessionIds ids = new SessionIds();

	private final SessionTable sessions = new SessionTable();

	private final Map<String, Set<Session>> byUser = new ConcurrentHashMap<>();

	private final Topics topics = new Topics();

	/**
	 * All sessions.
	 * @return a live view
	 */
	public Collection<Session> sessions() {
		return Collections.unmodifiableCollection(this.sessions);
	}

	/**
	 * Finds a session.
	 * @param id its id
	 * @return the session or {@code null} if it is not there any more
	 */
	public @Nullable Session find(String id) {
		return this.sessions.find(this.ids.number(id));
	}

	/**
	 * The sessions of a user.
	 * @param name the name of the user's principal
	 * @return a live view, possibly empty
	 */
	public Set<Session> ofUser(String name) {
		Set<Session> found = this.byUser.get(name);
		return (found != null) ? Collections.unmodifiableSet(found) : Set.of();
	}

	/**
	 * The names of sessions.
	 */
	SessionIds ids() {
		return this.ids;
	}

	/**
	 * Who listens to what.
	 * @return the topics
	 */
	public Topics topics() {
		return this.topics;
	}

	/**
	 * Adds a session unless its user has enough of them.
	 * @param session the session
	 * @param perUser how many sessions a user may have, 0 for no limit
	 * @return {@code false} if the session was not added
	 */
	boolean add(LiveSession session, int perUser) {
		Identity identity = session.identity();
		if (identity != null) {
			boolean[] added = new boolean[1];
			this.byUser.compute(identity.principal().getName(), (name, existing) -> {
				Set<Session> ofUser = (existing != null) ? existing : ConcurrentHashMap.newKeySet();
				added[0] = (perUser == 0 || ofUser.size() < perUser) && ofUser.add(session);
				return ofUser;
			});
			if (!added[0]) {
				return false;
			}
		}
		this.sessions.put(session);
		return true;
	}

	void remove(LiveSession session) {
		this.sessions.remove(session);
		Identity identity = session.identity();
		if (identity != null) {
			this.byUser.computeIfPresent(identity.principal().getName(), (name, ofUser) -> {
				ofUser.remove(session);
				return ofUser.isEmpty() ? null : ofUser;
			});
		}
		this.topics.leaveAll(session);
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
		Map<EventLoop, LoopBroadcast> byLoop = new IdentityHashMap<>();
		LoopBroadcast present = null;
		int accepted = 0;
		int dropped = 0;
		int closed = 0;
		for (Session receiver : receivers) {
			if (filter != null && !filter.test(receiver)) {
				continue;
			}
			LiveSession session = (LiveSession) receiver;
			switch (session.reserve(session.prepare(message))) {
				case QUEUED, BACKPRESSURE -> {
					accepted++;
					session.expectFromOutside();
					if (present == null || session.loop() != present.loop()) {
						present = byLoop.computeIfAbsent(session.loop(), (loop) -> new LoopBroadcast(loop, message));
					}
					present.add(session);
				}
				case DROPPED -> dropped++;
				case CLOSED -> closed++;
			}
		}
		byLoop.forEach(EventLoop::execute);
		return new SendSummary(accepted, dropped, closed);
	}

}
