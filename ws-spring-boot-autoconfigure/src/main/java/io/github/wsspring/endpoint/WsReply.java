package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A return value that says in code what {@link Broadcast} says in an annotation: which
 * type receivers see, and who they are. Immutable.
 *
 * <pre>{@code
 * return WsReply.of(said).type("said").topic("room:" + in.room()).except(session);
 * }</pre>
 *
 * @param <T> the type of the payload
 * @param payload what is sent
 * @param type the type that receivers see, {@code null} for none
 * @param topic the topic that it goes to, {@code null} for the sender alone
 * @param except sessions that are left out of the topic
 */
public record WsReply<T>(T payload, @Nullable String type, @Nullable String topic, List<WsSession> except) {

	public WsReply {
		except = List.copyOf(except);
	}

	/**
	 * A reply to the sender.
	 * @param <T> the type of the payload
	 * @param payload what is sent
	 * @return the reply
	 */
	public static <T> WsReply<T> of(T payload) {
		return new WsReply<>(payload, null, null, List.of());
	}

	/**
	 * This reply with a type, as described at {@link Broadcast#type()}.
	 * @param type the type that receivers see
	 * @return the reply
	 */
	public WsReply<T> type(String type) {
		return new WsReply<>(this.payload, type, this.topic, this.except);
	}

	/**
	 * This reply to a topic instead of the sender.
	 * @param topic the name of the topic
	 * @return the reply
	 */
	public WsReply<T> topic(String topic) {
		return new WsReply<>(this.payload, this.type, topic, this.except);
	}

	/**
	 * This reply without one of the topic's sessions.
	 * @param session the session to leave out
	 * @return the reply
	 */
	public WsReply<T> except(WsSession session) {
		List<WsSession> more = new ArrayList<>(this.except);
		more.add(session);
		return new WsReply<>(this.payload, this.type, this.topic, more);
	}

}
