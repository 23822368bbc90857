package io.github.wsspring.endpoint;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket session as handler methods and services see it.
 * <p>
 * Every method may be called from any thread and never blocks, but for
 * {@link #reauthenticate}. Messages that one thread sends arrive in the order of its
 * calls. There is one object per session, so that identity is equality.
 * <p>
 * A {@code String} is sent as text, {@code byte[]} and {@link java.nio.ByteBuffer} as
 * binary, everything else as JSON text, or as the {@link WsMessageFormat} of the
 * session's subprotocol says. Bytes must not be changed after they were sent.
 */
public interface WsSession {

	/**
	 * A name that no other session of this server has, nor had since it was started.
	 * @return the id
	 */
	String id();

	/**
	 * The endpoint that the session was opened on.
	 * @return its {@link WsEndpoint#id() id}
	 */
	String endpointId();

	/**
	 * What the client asked for.
	 * @return path and query; without scheme and host, as these are not known for sure
	 */
	URI uri();

	/**
	 * The subprotocol that was agreed on (RFC 6455, section 1.9).
	 * @return the subprotocol or {@code null} if there is none
	 */
	@Nullable String subprotocol();

	/**
	 * Who is at the other end.
	 * @return the principal or {@code null} for an anonymous client
	 */
	@Nullable Principal principal();

	/**
	 * Checks a fresh token that the client has sent in a message of the application's, as
	 * {@code ws.auth.tokens} or the {@link WsAuthenticator} say. If it is good, and its
	 * owner has the name of the present {@link #principal()}, principal, authorities and
	 * the time at which the session is closed with 4401 are those of this token from then
	 * on.
	 * <p>
	 * A {@link WsAuthenticator} is called in the calling thread, as long as that takes,
	 * unless that is the event loop. It gets a request with path and query of the
	 * session, but without headers.
	 * @param token the token
	 * @return completed with {@code false} if the token is not good, or somebody else's,
	 * or the session is anonymous: then it goes on as before, to the end of its time;
	 * exceptionally if the check fails. It is complete at once, unless a
	 * {@link WsAuthenticator} has to be asked from the event loop
	 */
	CompletableFuture<Boolean> reauthenticate(String token);

	/**
	 * Where the client is.
	 * @return its address
	 */
	InetSocketAddress remoteAddress();

	/**
	 * What the application keeps with the session.
	 * @return a map that is safe for several threads and takes no {@code null}
	 */
	Map<String, Object> attributes();

	/**
	 * The topics that the session has joined; after its end those that it had.
	 * @return a copy
	 */
	Set<String> topics();

	/**
	 * Whether messages can still be sent.
	 * @return {@code false} once the session is closing
	 */
	boolean isOpen();

	/**
	 * Sends a message.
	 * @param payload text, bytes or what becomes JSON
	 * @return what becomes of it
	 */
	SendResult send(Object payload);

	/**
	 * Sends a JSON message with a type, as described at {@link Broadcast#type()}.
	 * @param type the type
	 * @param payload what becomes JSON
	 * @return what becomes of it
	 */
	SendResult send(String type, Object payload);

	/**
	 * Sends a message and tells when the socket took it.
	 * @param payload text, bytes or what becomes JSON
	 * @return completed once the last byte was handed to the socket, exceptionally with a
	 * {@link io.github.wsspring.server.SessionClosedException} if it was dropped or the
	 * session ended before; its dependents must not block
	 */
	CompletableFuture<Void> sendAsync(Object payload);

	/**
	 * Asks the client something: sends a JSON object with an {@code id} of ours, which
	 * the client returns with <code>{"type":"reply","id":...}</code> and the members of
	 * its answer, or with <code>"data":</code> and an answer of any other kind, or with
	 * <code>{"type":"error","id":...,"error":"...","detail":"..."}</code>. Answers never
	 * reach the {@link OnMessage} methods, not even those that come too late.
	 * <p>
	 * Answers are not held up by the session's other messages, so a method may return the
	 * future or a stage that depends on it. It may also wait for it with {@code join()},
	 * with {@link Execution#TASK} and at the cost of a thread. If so many messages wait
	 * meanwhile that reading stops, the answer does not arrive.
	 * <p>
	 * A native image needs {@code @RegisterReflectionForBinding} for the class of the
	 * answer.
	 * @param <R> the type of the answer
	 * @param payload what becomes a JSON object without a member {@code id}
	 * @param answer the class of the answer; {@code Void} for anything, which becomes
	 * {@code null}
	 * @param timeout how long to wait, beginning now
	 * @return completed with the answer, exceptionally with a
	 * {@link RequestFailedException} if the client answers with an error, an
	 * {@link InvalidMessageException} if its answer is empty or does not fit the class, a
	 * {@link RequestTimeoutException} if there is none in time, a
	 * {@link io.github.wsspring.server.SessionClosedException} if the session ends before
	 * or drops the message, or an {@link IllegalStateException} if 64 requests wait for
	 * this session's answers already. Its dependents run where the endpoint's methods do,
	 * but not in the session's turn
	 * @throws IllegalArgumentException if the payload does not become such an object, or
	 * the timeout is not positive
	 * @throws IllegalStateException if requests are switched off by an empty
	 * {@code ws.messages.id-field}, without a JSON library, or in a session with a
	 * {@link WsMessageFormat}
	 */
	<R> CompletableFuture<R> request(Object payload, Class<R> answer, Duration timeout);

	/**
	 * Asks the client something, in a message with a type.
	 * @param <R> the type of the answer
	 * @param type the type, as described at {@link Broadcast#type()}
	 * @param payload what becomes JSON; under {@code data} if it is no object or has an
	 * {@code id} of its own
	 * @param answer the class of the answer
	 * @param timeout how long to wait
	 * @return as described at {@link #request(Object, Class, Duration)}
	 * @throws IllegalArgumentException if the timeout is not positive
	 * @throws IllegalStateException if requests are switched off by an empty
	 * {@code ws.messages.id-field}, without a JSON library, or in a session with a
	 * {@link WsMessageFormat}
	 */
	<R> CompletableFuture<R> request(String type, Object payload, Class<R> answer, Duration timeout);

	/**
	 * How many bytes wait to be taken by the socket.
	 * @return the bytes
	 */
	long bufferedBytes();

	/**
	 * Joins a topic.
	 * @param topic the name of the topic
	 * @return {@code false} if the session already had, or is closed, or if an
	 * {@link OnJoin} method refused
	 */
	boolean join(String topic);

	/**
	 * Leaves a topic. A session that ends leaves its topics by itself.
	 * @param topic the name of the topic
	 * @return {@code false} if the session had not joined it
	 */
	boolean leave(String topic);

	/**
	 * Sends a ping without a payload; the answer arrives at the {@link OnPong} method.
	 */
	default void ping() {
		ping(new byte[0]);
	}

	/**
	 * Sends a ping; the answer arrives at the {@link OnPong} method.
	 * @param payload at most 125 bytes
	 * @throws IllegalArgumentException if the payload is too long
	 */
	void ping(byte[] payload);

	/**
	 * Closes the session with 1000, after everything that was sent before.
	 */
	default void close() {
		close(CloseStatus.NORMAL);
	}

	/**
	 * Closes the session, after everything that was sent before. Does nothing if it is
	 * already closing.
	 * @param status what to tell the client
	 * @throws IllegalArgumentException if the status may not be sent, such as 1005 or
	 * 1006
	 */
	void close(CloseStatus status);

	/**
	 * Drops the connection at once; the client sees 1006.
	 */
	void terminate();

}
