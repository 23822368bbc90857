package io.github.wsspring.endpoint;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.SendSummary;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message to many sessions, encoded once for each form that they have agreed
 * on.
 *
 * @param registry hands it over
 * @param codec knows the forms
 */
record Fanout(SessionRegistry registry, MessageCodec codec) {

	SendSummary send(Collection<Session> sessions, @Nullable Predicate<Session> filter,
			Function<MessageWriter, PreparedMessage> message) {
		if (!this.codec.hasFormats()) {
			return this.registry.send(sessions, filter, message.apply(this.codec.writer(null)));
		}
		SendSummary all = SendSummary.NONE;
		for (MessageWriter writer : this.codec.writers()) {
			Predicate<Session> theirs = (session) -> this.codec.writer(session.subprotocol()) == writer;
			Predicate<Session> receivers = (filter != null) ? theirs.and(filter) : theirs;
			if (sessions.stream().anyMatch(receivers)) {
				all = sum(all, this.registry.send(sessions, receivers, message.apply(writer)));
			}
		}
		return all;
	}

	private static SendSummary sum(SendSummary one, SendSummary two) {
		return new SendSummary(one.accepted() + two.accepted(), one.dropped() + two.dropped(),
				one.closed() + two.closed());
	}

}
