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
	 * Whether it depends on the message what becomes of the values.
	 * @return {@code true} if {@link #with} has to be called before {@link #handle}
	 */
	default boolean wantsPayload() {
		return false;
	}

	/**
	 * This handler for one message.
	 * @param payload the message
	 * @return a handler of its values
	 * @throws InvalidMessageException if it lacks what has to be known
	 */
	default ReturnHandler with(Object payload) {
		return this;
	}

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
		public boolean wantsPayload() {
			return this.next.wantsPayload();
		}

		@Override
		public ReturnHandler with(Object payload) {
			return new Later(this.next.with(payload));
		}

		@Override
		public CompletionStage<?> handle(Caller caller, Object value) {
			return Publishers.toStage(value).thenAccept((@Nullable Object result) -> {
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
	 * Lets the values flow, while the session's next message is handled.
	 *
	 * @param next handles each
	 */
	record Many(ReturnHandler next) implements ReturnHandler {

		@Override
		public boolean wantsPayload() {
			return this.next.wantsPayload();
		}

		@Override
		public ReturnHandler with(Object payload) {
			return new Many(this.next.with(payload));
		}

		@Override
		public @Nullable CompletionStage<?> handle(Caller caller, Object value) {
			caller.session().flow(value, new ToHandler(caller, this.next));
			return null;
		}

	}

	/**
	 * Where the values of a stream go.
	 *
	 * @param caller who the method that returned the stream was called for
	 * @param next handles each value
	 */
	record ToHandler(Caller caller, ReturnHandler next) implements Outflow.Target {

		@Override
		public @Nullable CompletionStage<?> send(Object value) {
			return this.next.handle(new OneOfMany(this.caller), value);
		}

		@Override
		public Session pacer() {
			return this.next.pacer(this.caller.session());
		}

		@Override
		public void completed() {
			this.caller.acknowledge();
		}

		@Override
		public void failed(Throwable failure) {
			this.caller.session().handler().failed(this.caller, failure);
		}

		@Override
		public void ended(Outflow outflow) {
			this.caller.session().ended(outflow);
		}

	}

	/**
	 * Looks at the value, as the method's type does not say what it is.
	 *
	 * @param plain handles what neither brings values later nor is of a class of its own
	 */
	record Undeclared(ReturnHandler plain) implements ReturnHandler {

		@Override
		public boolean wantsPayload() {
			return this.plain.wantsPayload();
		}

		@Override
		public ReturnHandler with(Object payload) {
			return new Undeclared(this.plain.with(payload));
		}

		@Override
		public @Nullable CompletionStage<?> handle(Caller caller, Object value) {
			return handler(value.getClass()).handle(caller, value);
		}

		private ReturnHandler handler(Class<?> type) {
			ReturnHandler special = forClass(type);
			return switch (Publishers.kindOf(type)) {
				case PLAIN -> (special != null) ? special : this.plain;
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
	 * @param topic the topic
	 * @param type the type that receivers see, empty for none
	 * @param exceptSender whether the session itself is left out
	 */
	record ToTopic(BroadcastTopic topic, String type, boolean exceptSender) implements ReturnHandler {

		@Override
		public boolean wantsPayload() {
			return this.topic.wantsPayload();
		}

		@Override
		public ReturnHandler with(Object payload) {
			return new ToTopic(this.topic.with(payload), this.type, this.exceptSender);
		}

		@Override
		public @Nullable CompletionStage<?> handle(Caller caller, Object value) {
			DefaultWsSession session = caller.session();
			EndpointContext context = session.context();
			SessionRegistry registry = context.registry();
			Set<Session> members = members(session);
			if (!members.isEmpty()) {
				Session sender = session.engine();
				new Fanout(registry, context.codec()).send(members,
						this.exceptSender ? (member) -> member != sender : null, (writer) -> encode(writer, value));
			}
			caller.acknowledge();
			return null;
		}

		private Set<Session> members(DefaultWsSession session) {
			return session.context().registry().topics().members(this.topic.name(session));
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

		private PreparedMessage encode(MessageWriter writer, Object value) {
			return this.type.isEmpty() ? writer.encode(value) : writer.encode(this.type, value);
		}

	}

}
