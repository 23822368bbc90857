package io.github.wsspring.server;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection from its 101 to its end, as the floors above see it.
 * <p>
 * Every method may be called from any thread and never blocks. Messages that one thread
 * sends arrive in the order of its calls; frames of different messages never interleave.
 */
public interface Session {

	/**
	 * A name that no other session of this server has, nor had since it was started.
	 * @return the id
	 */
	String id();

	/**
	 * The endpoint that this session was opened on.
	 * @return the endpoint
	 */
	Endpoint endpoint();

	/**
	 * The subprotocol that was agreed on in the handshake (RFC 6455, section 1.9).
	 * @return the subprotocol or {@code null} if there is none
	 */
	@Nullable String subprotocol();

	/**
	 * Where the peer is.
	 * @return the address at the other end of the socket
	 */
	InetSocketAddress remoteAddress();

	/**
	 * Who the peer is.
	 * @return the identity or {@code null} for an anonymous peer
	 */
	@Nullable Identity identity();

	/**
	 * Checks a fresh token that the peer has sent in a message. If it is good, and its
	 * owner has the name of the session's present user, {@link #identity()} and the time
	 * at which the session has to end are those of this token from then on.
	 * <p>
	 * The check runs in the calling thread if it does not block, or that is not the event
	 * loop; otherwise on the endpoint's executor, or the server's if it has none.
	 * @param token the token
	 * @param request the path and query that the session was opened with
	 * @return completed with {@code false} if the token was refused and nothing has
	 * changed, exceptionally if the check fails; by the thread of the check
	 */
	CompletableFuture<Boolean> reauthenticate(String token, UpgradeRequest request);

	/**
	 * Whether messages can still be sent.
	 * @return {@code false} once a close frame was sent or the socket is gone
	 */
	boolean isOpen();

	/**
	 * How many bytes wait to be taken by the socket.
	 * @return the bytes, frame headers included; 0 once the session has ended
	 */
	long bufferedBytes();

	/**
	 * Sends a message. If the outbound queue is full, the endpoint's
	 * {@link SessionOptions.Overflow} decides.
	 * @param message the message
	 * @return what becomes of it
	 */
	SendResult send(PreparedMessage message);

	/**
	 * Sends a message and tells when the socket took it.
	 * @param message the message
	 * @return completed once the last byte was handed to the socket, exceptionally with a
	 * {@link SessionClosedException} if it was dropped or the session ended before; its
	 * dependents run on the event loop and must not block
	 */
	CompletableFuture<Void> sendAsync(PreparedMessage message);

	/**
	 * Tells when there is room in the outbound queue again.
	 * @return completed at once unless the last answer of {@link #send} was
	 * {@link SendResult#BACKPRESSURE}; otherwise on the event loop, once no more than a
	 * quarter of the outbound queue is in use, or the session has ended: its dependents
	 * must not block
	 */
	CompletableFuture<Void> whenWritable();

	/**
	 * Has something called as if it were a message: after what arrived before, on the
	 * endpoint's executor, one at a time. It is not called if we have decided to end the
	 * session by then.
	 * @param call what to call
	 */
	void call(SessionCall call);

	/**
	 * Where the handler is called.
	 * @return the endpoint's executor, or the session's event loop if it has none
	 */
	Executor executor();

	/**
	 * Whether the caller is the session's event loop, which must not wait for anything
	 * that arrives on the session.
	 * @return {@code true} on the thread of the loop
	 */
	boolean inLoop();

	/**
	 * Sends a ping; the answer arrives at {@link SessionHandler#onPong}.
	 * @param payload at most 125 bytes
	 * @throws IllegalArgumentException if the payload is too long
	 */
	void ping(byte[] payload);

	/**
	 * Starts the closing handshake, after everything that was sent before. Does nothing
	 * if the session is already closing.
	 * @param status what to tell the peer
	 * @throws IllegalArgumentException if the status may not be sent, such as 1005 or
	 * 1006
	 */
	void close(CloseStatus status);

	/**
	 * Drops the connection at once, without a close frame; the peer sees 1006.
	 */
	void terminate();

	/**
	 * What the floor above has attached to this session.
	 * @return the attachment or {@code null}
	 */
	@Nullable Object attachment();

	/**
	 * Attaches the floor above's own state. To be called by the session's handler only.
	 * @param attachment what {@link #attachment()} will return
	 */
	void attach(@Nullable Object attachment);

}
