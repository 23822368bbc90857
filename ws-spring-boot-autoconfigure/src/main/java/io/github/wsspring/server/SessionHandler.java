package io.github.wsspring.server;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.MessageKinds;
import org.jspecify.annotations.Nullable;

/**
 * What happens on the sessions of one endpoint; implemented by the floor above.
 * <p>
 * For one session the calls come one at a time and in order: {@link #handshake}, then
 * {@link #onOpen}, then messages and pongs, then {@link #onClose} once. They run on the
 * {@link Endpoint#executor() endpoint's executor}, or on the event loop if it has none.
 * Only messages may overlap with messages, and only if the endpoint's
 * {@link Endpoint#concurrency() concurrency} is more than one, and {@link #intercept} and
 * {@link #ended} come on the event loop at any time.
 * <p>
 * A call that returns a stage holds back the session's next call until the stage is
 * complete. A call that throws, or a stage that fails, is reported to the
 * {@link ServerListener} and ends the session with 1011.
 */
public interface SessionHandler {

	/**
	 * Decides about an upgrade request that is correct, has an allowed origin and is
	 * authenticated as far as the server asks for it. The 101 goes out when this returns
	 * without having called {@link HandshakeExchange#reject}.
	 * @param exchange the request and what to answer
	 * @throws Exception if the decision fails: the client gets a 500
	 */
	default void handshake(HandshakeExchange exchange) throws Exception {
	}

	/**
	 * Whether {@link #handshake} does anything that could block and so has to run on the
	 * endpoint's executor.
	 * @return {@code false} to have it called on the event loop
	 */
	default boolean handshakeMayBlock() {
		return false;
	}

	/**
	 * The 101 was sent.
	 * @param session the new session
	 * @return {@code null} or a stage to wait for
	 * @throws Exception to end the session with 1011
	 */
	default @Nullable CompletionStage<?> onOpen(Session session) throws Exception {
		return null;
	}

	/**
	 * A text message arrived.
	 * @param session the session
	 * @param text the text, checked as UTF-8
	 * @return {@code null} or a stage to wait for
	 * @throws Exception to end the session with 1011
	 */
	@Nullable CompletionStage<?> onText(Session session, String text) throws Exception;

	/**
	 * A binary message arrived.
	 * @param session the session
	 * @param data the bytes, owned by the receiver
	 * @return {@code null} or a stage to wait for
	 * @throws Exception to end the session with 1011
	 */
	@Nullable CompletionStage<?> onBinary(Session session, byte[] data) throws Exception;

	/**
	 * A text message arrived that may not have to wait for its turn, as it answers what a
	 * call that is still under way has asked. Called on the event loop for each text
	 * before it is queued; must be quick and must not throw.
	 * @param session the session
	 * @param text the text, checked as UTF-8
	 * @return {@code true} if the text was taken: {@link #onText} is not called with it
	 */
	default boolean intercept(Session session, String text) {
		return false;
	}

	/**
	 * The connection is over, so nobody need wait for anything on it. Called on the event
	 * loop, as soon as this is known and once; must be quick and must not throw.
	 * {@link #onClose} follows in its turn.
	 * @param session the session
	 */
	default void ended(Session session) {
	}

	/**
	 * Which messages are wanted as streams, to be read while they arrive. Asked for each
	 * session; must not change.
	 * @return the kinds that come by {@link #onStream}, and so neither by {@link #onText}
	 * nor {@link #onBinary}; the endpoint then needs an executor, as reading blocks
	 */
	default MessageKinds streams() {
		return MessageKinds.NONE;
	}

	/**
	 * A message has begun to arrive: its first bytes are there, or it is empty.
	 * <p>
	 * Its limits hold as for any other: whoever breaks them while the message is being
	 * read ends the session, and with it the message. What was not read when this is done
	 * is thrown away, without being kept, and the next message has its turn.
	 * @param session the session
	 * @param message the message, valid until this returns, or the stage is complete
	 * @return {@code null} or a stage to wait for
	 * @throws Exception to end the session with 1011; an
	 * {@link IncompleteMessageException} of the message is no failure
	 */
	default @Nullable CompletionStage<?> onStream(Session session, MessageStream message) throws Exception {
		throw new IllegalStateException("Streams were not asked for");
	}

	/**
	 * Whether pongs are wanted.
	 * @return {@code false} to never have {@link #onPong} called
	 */
	default boolean wantsPongs() {
		return false;
	}

	/**
	 * A pong arrived.
	 * @param session the session
	 * @param payload at most 125 bytes
	 * @return {@code null} or a stage to wait for
	 * @throws Exception to end the session with 1011
	 */
	default @Nullable CompletionStage<?> onPong(Session session, byte[] payload) throws Exception {
		return null;
	}

	/**
	 * Whether the end of backpressure is of interest.
	 * @return {@code false} to never have {@link #onDrain} called
	 */
	default boolean wantsDrain() {
		return false;
	}

	/**
	 * After a {@link SendResult#BACKPRESSURE} no more than a quarter of the outbound
	 * queue is in use.
	 * @param session the session
	 * @return {@code null} or a stage to wait for
	 * @throws Exception to end the session with 1011
	 */
	default @Nullable CompletionStage<?> onDrain(Session session) throws Exception {
		return null;
	}

	/**
	 * Finds out which method of the application a thread is in that is calling this
	 * handler.
	 * @param stack what the thread is doing, the innermost frame first
	 * @return class and method, {@code null} if none is known
	 */
	default @Nullable String methodIn(List<StackTraceElement> stack) {
		return null;
	}

	/**
	 * The session is over. Called once for each session that {@link #onOpen} was called
	 * for, after everything else. The session has already left its topics.
	 * @param session the session
	 * @param status the peer's status, or ours if we ended it, or
	 * {@link CloseStatus#ABNORMAL} if the connection broke
	 * @throws Exception is reported only
	 */
	default void onClose(Session session, CloseStatus status) throws Exception {
	}

}
