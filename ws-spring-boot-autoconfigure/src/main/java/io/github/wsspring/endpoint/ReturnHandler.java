package io.github.wsspring.endpoint;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/**
 * Decides what becomes of the return values of one method; chosen at start-up.
 */
@FunctionalInterface
interface ReturnHandler {

	/** Sends the value to whoever the method was called for. */
	ReturnHandler REPLY = (caller, value) -> {
		caller.reply(value);
		return null;
	};

	/** Sends the value to whom it says itself. */
	ReturnHandler AS_IT_SAYS = (caller, value) -> {
		WsReply<?> reply = (WsReply<?>) value;
		String type = reply.type();
		if (reply.topic() != null) {
			toTopic(caller.session().context(), reply);
			caller.acknowledge();
		}
		else if (type != null) {
			caller.reply(type, reply.payload());
		}
		else {
			caller.reply(reply.payload());
		}
		return null;
	};

	/** Sends the value as an error. */
	ReturnHandler PROBLEM = (caller, value) -> {
		ProblemDetail problem = (value instanceof ErrorResponse response) ? response.getBody() : (ProblemDetail) value;
		caller.error(ErrorMessage.of(problem));
		return null;
	};

	/** Closes the session with the value. */
	ReturnHandler CLOSE = (caller, value) -> {
		caller.session().close((CloseStatus) value);
		return null;
	};

	/**
	 * Handles a value.
	 * @param caller who the method was called for
	 * @param value what the method returned
	 * @return {@code null} or a stage to wait for
	 */
	@Nullable CompletionStage<?> handle(Caller caller, Object value);

	/**
	 * The handler for a class whose objects say themselves what becomes of them.
	 * @return the handler, {@code null} for any other class
	 */
	static @Nullable ReturnHandler forClass(Class<?> type) {
		if (type == CloseStatus.class) {
			return CLOSE;
		}
		if (type == WsReply.class) {
			return AS_IT_SAYS;
		}
		return isProblem(type) ? PROBLEM : null;
	}

	static boolean isProblem(Class<?> type) {
		return ProblemDetail.class.isAssignableFrom(type) || ErrorResponse.class.isAssignableFrom(type);
	}

	private static void toTopic(EndpointContext context, WsReply<?> reply) {
		Recipients recipients = new WsTemplate(context.registry(), context.codec())
			.topic(Objects.requireNonNull(reply.topic()));
		for (WsSession session : reply.except()) {
			recipients = recipients.except(session);
		}
		String type = reply.type();
		if (type != null) {
			recipients.send(type, reply.payload());
		}
		else {
			recipients.send(reply.payload());
		}
	}

	/**
	 * Waits for the value.
	 *
	 * @param next handles it
	 */
	record Later(ReturnHandler next) implements ReturnHandler {

		@Override
		public CompletionStage<?> handle(Caller caller, Object value) {
			return ((CompletionStage<?>) value).thenAccept((@Nullable Object result) -> {
				if (result != null) {
					this.next.handle(caller, result);
				}
				else {
					caller.acknowledge();
				}
			});
		}

	}

	/**
	 * Looks at the value, as the method's type does not say what it is.
	 *
	 * @param plain handles what is neither a stage nor of a class of its own
	 */
	record Undeclared(ReturnHandler plain) implements ReturnHandler {

		@Override
		public @Nullable CompletionStage<?> handle(Caller caller, Object value) {
			ReturnHandler handler = (value instanceof CompletionStage<?>) ? new Later(this)
					: forClass(value.getClass());
			return ((handler != null) ? handler : this.plain).handle(caller, value);
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
		public @Nullable CompletionStage<?> handle(Caller caller, Object value) {
			DefaultWsSession session = caller.session();
			EndpointContext context = session.context();
			SessionRegistry registry = context.registry();
			Set<Session> members = registry.topics()
				.members((String) Objects.requireNonNull(session.fact(this.topicSlot)));
			if (!members.isEmpty()) {
				Session sender = session.engine();
				registry.send(members, this.exceptSender ? (member) -> member != sender : null,
						encode(context.codec(), value));
			}
			caller.acknowledge();
			return null;
		}

		private PreparedMessage encode(MessageCodec codec, Object value) {
			return this.type.isEmpty() ? codec.encode(value) : codec.encode(this.type, value);
		}

	}

}
