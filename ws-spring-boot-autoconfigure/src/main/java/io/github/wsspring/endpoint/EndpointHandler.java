package io.github.wsspring.endpoint;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.MessageKinds;
import io.github.wsspring.server.HandshakeExchange;
import io.github.wsspring.server.MessageStream;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Passes what happens on the sessions of an endpoint on to its methods.
 */
final class EndpointHandler implements SessionHandler {

	private final EndpointHandshake handshake;

	private final Receivers receivers;

	private final TopicHandlers topics;

	private final ErrorHandlers errors;

	private final MethodNames names;

	private final MessageKinds streams;

	EndpointHandler(EndpointHandshake handshake, Receivers receivers, MessageKinds streams, TopicHandlers topics,
			ErrorHandlers errors, MethodNames names) {
		this.handshake = handshake;
		this.receivers = receivers;
		this.streams = streams;
		this.topics = topics;
		this.errors = errors;
		this.names = names;
	}

	@Override
	public void handshake(HandshakeExchange exchange) throws Exception {
		this.handshake.decide(exchange);
	}

	@Override
	public boolean handshakeMayBlock() {
		return this.handshake.mayBlock();
	}

	@Override
	public @Nullable CompletionStage<?> onOpen(Session session) throws Exception {
		return this.errors.open(this.receivers.open(), DefaultWsSession.of(session));
	}

	@Override
	public @Nullable CompletionStage<?> onText(Session session, String text) throws Exception {
		Requests requests = requestsOn(session);
		if (requests != null && requests.take(text)) {
			// too late, or it would have been intercepted
			return null;
		}
		return pass(session, text, this.receivers.text());
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) throws Exception {
		return pass(session, data, this.receivers.binary());
	}

	@Override
	public boolean intercept(Session session, String text) {
		Requests requests = requestsOn(session);
		return requests != null && requests.areWaiting() && requests.take(text);
	}

	@Override
	public void ended(Session session) {
		Requests requests = requestsOn(session);
		if (requests != null) {
			requests.end();
		}
	}

	private static @Nullable Requests requestsOn(Session session) {
		return (session.attachment() instanceof DefaultWsSession ours) ? ours.requests() : null;
	}

	@Override
	public MessageKinds streams() {
		return this.streams;
	}

	@Override
	public @Nullable CompletionStage<?> onStream(Session session, MessageStream message) throws Exception {
		return message.isText() ? pass(session, new MessageReader(message), this.receivers.text())
				: pass(session, message, this.receivers.binary());
	}

	@Override
	public boolean wantsPongs() {
		return this.receivers.pong() != Receiver.NONE;
	}

	@Override
	public @Nullable CompletionStage<?> onPong(Session session, byte[] payload) throws Exception {
		return pass(session, payload, this.receivers.pong());
	}

	@Override
	public boolean wantsDrain() {
		return this.receivers.drain() != Receiver.NONE;
	}

	@Override
	public @Nullable CompletionStage<?> onDrain(Session session) throws Exception {
		return pass(session, null, this.receivers.drain());
	}

	@Override
	public void onClose(Session session, CloseStatus status) throws Exception {
		DefaultWsSession ours = DefaultWsSession.of(session);
		ours.cancelOutflows();
		try {
			for (String topic : ours.forgetTopics()) {
				pass(session, null, (caller, subject) -> this.topics.left(caller.session(), topic));
			}
		}
		finally {
			pass(session, status, this.receivers.close());
		}
	}

	@Override
	public @Nullable String methodIn(List<StackTraceElement> stack) {
		return this.names.in(stack);
	}

	/**
	 * The methods that have to do with topics.
	 */
	TopicHandlers topics() {
		return this.topics;
	}

	/**
	 * A session has joined or left a topic, on whatever thread.
	 */
	void topicChanged(DefaultWsSession session, String topic) {
		Session engine = session.engine();
		engine.call(() -> pass(engine, null, (caller, subject) -> this.topics.update(caller.session(), topic)));
	}

	/**
	 * Something failed that a method began, on whatever thread.
	 */
	void failed(Caller caller, Throwable failure) {
		caller.session().engine().call(() -> this.errors.handle(caller, failure));
	}

	private @Nullable CompletionStage<?> pass(Session engineSession, @Nullable Object subject, Receiver receiver)
			throws Exception {
		return this.errors.receive(receiver, DefaultWsSession.of(engineSession), subject);
	}

	/**
	 * Who takes what.
	 *
	 * @param open takes nothing, when a session was opened
	 * @param text takes the text of a text message, or a reader of it
	 * @param binary takes the bytes of a binary message, or a stream of them
	 * @param pong takes the bytes of a pong; {@link Receiver#NONE} to not even ask for
	 * them
	 * @param drain takes nothing, when there is room again; {@link Receiver#NONE} to not
	 * even ask for that
	 * @param close takes the status when a session is over
	 */
	record Receivers(Receiver open, Receiver text, Receiver binary, Receiver pong, Receiver drain, Receiver close) {

	}

}
