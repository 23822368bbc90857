package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.SendSummary;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Those sessions that a message goes to. Immutable; who is among them is found out when
 * it is used.
 */
public final class Recipients {

	private final SessionRegistry registry;

	private final MessageCodec codec;

	private final Supplier<? extends Collection<Session>> sessions;

	private final @Nullable Predicate<Session> filter;

	Recipients(SessionRegistry registry, MessageCodec codec, Supplier<? extends Collection<Session>> sessions) {
		this(registry, codec, sessions, null);
	}

	private Recipients(SessionRegistry registry, MessageCodec codec, Supplier<? extends Collection<Session>> sessions,
			@Nullable Predicate<Session> filter) {
		this.registry = registry;
		this.codec = codec;
		this.sessions = sessions;
		this.filter = filter;
	}

	/**
	 * Leaves a session out.
	 * @param session the session
	 * @return the others
	 */
	public Recipients except(WsSession session) {
		if (session instanceof DefaultWsSession ours) {
			Session excluded = ours.engine();
			return that((candidate) -> candidate != excluded);
		}
		String id = session.id();
		return that((candidate) -> !candidate.id().equals(id));
	}

	/**
	 * Leaves out those that do not meet a condition.
	 * @param condition the condition; called for each session when a message is sent,
	 * must be quick
	 * @return the others
	 */
	public Recipients matching(Predicate<? super WsSession> condition) {
		return that((candidate) -> condition.test(DefaultWsSession.of(candidate)));
	}

	Recipients that(Predicate<Session> condition) {
		return new Recipients(this.registry, this.codec, this.sessions,
				(this.filter != null) ? this.filter.and(condition) : condition);
	}

	/**
	 * Sends a message. It is converted and encoded once.
	 * @param payload text, bytes or what becomes JSON, as at {@link WsSession}
	 * @return what became of it
	 */
	public SendSummary send(Object payload) {
		Collection<Session> sessions = this.sessions.get();
		return sessions.isEmpty() ? SendSummary.NONE : send(sessions, (writer) -> writer.encode(payload));
	}

	/**
	 * Sends a JSON message with a type, as described at {@link Broadcast#type()}. It is
	 * converted and encoded once.
	 * @param type the type
	 * @param payload what becomes JSON
	 * @return what became of it
	 */
	public SendSummary send(String type, Object payload) {
		Collection<Session> sessions = this.sessions.get();
		return sessions.isEmpty() ? SendSummary.NONE : send(sessions, (writer) -> writer.encode(type, payload));
	}

	private SendSummary send(Collection<Session> sessions, Function<MessageWriter, PreparedMessage> message) {
		return new Fanout(this.registry, this.codec).send(sessions, this.filter, message);
	}

	/**
	 * The sessions themselves.
	 * @return a copy
	 */
	public List<WsSession> list() {
		List<WsSession> list = new ArrayList<>();
		for (Session session : this.sessions.get()) {
			if (this.filter == null || this.filter.test(session)) {
				list.add(DefaultWsSession.of(session));
			}
		}
		return list;
	}

}
