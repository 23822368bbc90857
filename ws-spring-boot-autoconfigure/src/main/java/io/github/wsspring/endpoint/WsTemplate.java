package io.github.wsspring.endpoint;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.github.wsspring.server.Identity;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Sends to sessions from anywhere in the application: controllers, schedulers, services.
 * Never blocks, safe from any thread.
 *
 * <pre>{@code
 * template.topic("room:42").except(session).send("said", event);
 * template.user("alice").send("mail", new Mail(3));
 * }</pre>
 */
public final class WsTemplate {

	private final SessionRegistry registry;

	private final MessageCodec codec;

	/**
	 * Says where sessions are found.
	 * @param registry the live sessions
	 * @param codec how payloads become messages
	 */
	public WsTemplate(SessionRegistry registry, MessageCodec codec) {
		this.registry = registry;
		this.codec = codec;
	}

	/**
	 * The sessions that have joined a topic.
	 * @param topic the name of the topic
	 * @return the recipients
	 */
	public Recipients topic(String topic) {
		return new Recipients(this.registry, this.codec, () -> this.registry.topics().members(topic));
	}

	/**
	 * The sessions of a user.
	 * @param name the name of the user's principal
	 * @return the recipients
	 */
	public Recipients user(String name) {
		return new Recipients(this.registry, this.codec, () -> this.registry.ofUser(name));
	}

	/**
	 * The sessions of an endpoint.
	 * @param id the {@link WsEndpoint#id() id} of the endpoint
	 * @return the recipients
	 */
	public Recipients endpoint(String id) {
		return sessions().that((session) -> session.endpoint().id().equals(id));
	}

	/**
	 * All sessions.
	 * @return the recipients
	 */
	public Recipients sessions() {
		return new Recipients(this.registry, this.codec, this.registry::sessions);
	}

	/**
	 * The sessions that meet a condition. All sessions are looked at.
	 * @param condition the condition; called by several threads, must be quick
	 * @return the recipients
	 */
	public Recipients sessions(Predicate<? super WsSession> condition) {
		return sessions().matching(condition);
	}

	/**
	 * Finds a session.
	 * @param id its id
	 * @return the session or {@code null} if it is not there any more
	 */
	public @Nullable WsSession session(String id) {
		Session session = this.registry.find(id);
		return (session != null) ? DefaultWsSession.of(session) : null;
	}

	/**
	 * Who is in a topic. Somebody with several sessions is named once, anonymous sessions
	 * not at all; {@link #topic topic(...)}.{@link Recipients#list list()} has them all.
	 * @param topic the name of the topic
	 * @return the names of the principals, in their order
	 */
	public SortedSet<String> presence(String topic) {
		SortedSet<String> names = new TreeSet<>();
		for (Session session : this.registry.topics().members(topic)) {
			Identity identity = session.identity();
			if (identity != null) {
				names.add(identity.principal().getName());
			}
		}
		return Collections.unmodifiableSortedSet(names);
	}

}
