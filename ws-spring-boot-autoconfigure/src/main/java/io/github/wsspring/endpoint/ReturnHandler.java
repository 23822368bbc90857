package io.github.wsspring.endpoint;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of the return values of one method; chosen at start-up.
 */
@FunctionalInterface
interface ReturnHandler {

	/** Sends the value to the session. */
	ReturnHandler REPLY = (session, value) -> {
		session.send(value);
		return null;
	};

	/** Closes the session with the value. */
	ReturnHandler CLOSE = (session, value) -> {
		session.close((CloseStatus) value);
		return null;
	};

	/**
	 * Handles a value.
	 * @param session the session
	 * @param value what the method returned
	 * @return {@code null} or a stage to wait for
	 */
	@Nullable CompletionStage<?> handle(DefaultWsSession session, Object value);

	/**
	 * Whose socket has to keep up if there are many values.
	 * @param session the session
	 * @return the session itself or another one
	 */
	default Session pacer(DefaultWsSession session) {
		return session.engine();
	}

	/**
	 * Waits for the value.
	 *
	 * @param next handles it
	 */
	record Later(ReturnHandler next) implements ReturnHandler {

		@Override
		public CompletionStage<?> handle(DefaultWsSession session, Object value) {
			return Publishers.toStage(value).thenAccept((@Nullable Object result) -> {
				if (result != null) {
					this.next.handle(session, result);
				}
			});
		}

	}

	/**
	 * Lets the values flow, while the session's next message is handled.
	 *
	 * @param next handles each
	 */
	record Many(ReturnHandler next) implements ReturnHandler {

		@Override
		public @Nullable CompletionStage<?> handle(DefaultWsSession session, Object value) {
			session.flow(value, new ToHandler(session, this.next));
			return null;
		}

	}

	/**
	 * Where the values of a stream go.
	 *
	 * @param session the session whose method returned the stream
	 * @param next handles each value
	 */
	record ToHandler(DefaultWsSession session, ReturnHandler next) implements Outflow.Target {

		@Override
		public @Nullable CompletionStage<?> send(Object value) {
			return this.next.handle(this.session, value);
		}

		@Override
		public Session pacer() {
			return this.next.pacer(this.session);
		}

		@Override
		public void failed(Throwable failure) {
			this.session.handler().failed(this.session, failure);
		}

		@Override
		public void ended(Outflow outflow) {
			this.session.ended(outflow);
		}

	}

	/**
	 * Looks at the value, as the method's type does not say what it is.
	 *
	 * @param plain handles what is neither a close status nor brings values later
	 */
	record Undeclared(ReturnHandler plain) implements ReturnHandler {

		@Override
		public @Nullable CompletionStage<?> handle(DefaultWsSession session, Object value) {
			return handler(value).handle(session, value);
		}

		private ReturnHandler handler(Object value) {
			if (value instanceof CloseStatus) {
				return CLOSE;
			}
			return switch (Publishers.kindOf(value.getClass())) {
				case PLAIN -> this.plain;
				case LATER -> new Later(this);
				case MANY -> new Many(this);
			};
		}

		@Override
		public Session pacer(DefaultWsSession session) {
			return this.plain.pacer(session);
		}

	}

	/**
	 * Sends the value to a topic.
	 *
	 * @param topicSlot where the session knows the topic
	 * @param type the type that receivers see, empty for none
	 * @param exceptSender whether the session itself is left out
	 */
	record ToTopic(int topicSlot, String type, boolean exceptSender) implements ReturnHandler {

		@Override
		public @Nullable CompletionStage<?> handle(DefaultWsSession session, Object value) {
			EndpointContext context = session.context();
			SessionRegistry registry = context.registry();
			Set<Session> members = members(session);
			if (!members.isEmpty()) {
				Session sender = session.engine();
				registry.send(members, this.exceptSender ? (member) -> member != sender : null,
						encode(context.codec(), value));
			}
			return null;
		}

		private Set<Session> members(DefaultWsSession session) {
			return session.context()
				.registry()
				.topics()
				.members((String) Objects.requireNonNull(session.fact(this.topicSlot)));
		}

		/** The one that reads fastest, so that a slow one does not hold up the others. */
		@Override
		public Session pacer(DefaultWsSession session) {
			Session fastest = session.engine();
			long fewest = Long.MAX_VALUE;
			for (Session member : members(session)) {
				long buffered = member.bufferedBytes();
				if (member.isOpen() && buffered < fewest && !(this.exceptSender && member == session.engine())) {
					fastest = member;
					fewest = buffered;
				}
			}
			return fastest;
		}

		private PreparedMessage encode(MessageCodec codec, Object value) {
			return this.type.isEmpty() ? codec.encode(value) : codec.encode(this.type, value);
		}

	}

}
