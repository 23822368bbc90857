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
	 * Waits for the value.
	 *
	 * @param next handles it
	 */
	record Later(ReturnHandler next) implements ReturnHandler {

		@Override
		public CompletionStage<?> handle(DefaultWsSession session, Object value) {
			return ((CompletionStage<?>) value).thenAccept((@Nullable Object result) -> {
				if (result != null) {
					this.next.handle(session, result);
				}
			});
		}

	}

	/**
	 * Looks at the value, as the method's type does not say what it is.
	 *
	 * @param plain handles what is neither a stage nor a close status
	 */
	record Undeclared(ReturnHandler plain) implements ReturnHandler {

		@Override
		public @Nullable CompletionStage<?> handle(DefaultWsSession session, Object value) {
			ReturnHandler handler = (value instanceof CompletionStage<?>) ? new Later(this)
					: (value instanceof CloseStatus) ? CLOSE : this.plain;
			return handler.handle(session, value);
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
			Set<Session> members = registry.topics()
				.members((String) Objects.requireNonNull(session.fact(this.topicSlot)));
			if (!members.isEmpty()) {
				Session sender = session.engine();
				registry.send(members, this.exceptSender ? (member) -> member != sender : null,
						encode(context.codec(), value));
			}
			return null;
		}

		private PreparedMessage encode(MessageCodec codec, Object value) {
			return this.type.isEmpty() ? codec.encode(value) : codec.encode(this.type, value);
		}

	}

}
