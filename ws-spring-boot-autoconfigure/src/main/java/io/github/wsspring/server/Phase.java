package io.github.wsspring.server;

import java.io.IOException;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.transport.LoopMember;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Connection} is about at present: its handshake, its session or its end.
 * All calls come on the connection's event loop.
 */
interface Phase {

	/**
	 * Takes bytes from the peer.
	 * @param bytes holds the bytes, which may be changed
	 * @param from the index of the first one
	 * @param to the index after the last one
	 * @return the index after the last byte that was taken; less than {@code to} only if
	 * the phase has changed or {@link Connection#pauseReading()} was called
	 */
	int received(byte[] bytes, int from, int to);

	/**
	 * The peer will send no more bytes.
	 */
	void ended();

	/**
	 * The server is shutting down: come to an end soon.
	 * @param status what to tell a peer that has a session
	 */
	void shutDown(CloseStatus status);

	/**
	 * The connection broke or is dropped; it is closed after this call.
	 * @param cause what broke it, {@code null} if we drop it
	 */
	void broken(@Nullable IOException cause);

	/**
	 * The socket took bytes.
	 * @param bytes how many
	 */
	default void written(int bytes) {
	}

	/**
	 * The socket took everything that was to be written.
	 */
	default void drained() {
	}

	/**
	 * Look whether a time is over. Called soon after the phase began, then when it said
	 * itself, and earlier after {@link Connection#tickSoon()}.
	 * @param now {@link io.github.wsspring.transport.EventLoop#now()}
	 * @return for how many nanoseconds there will be nothing to look at, see
	 * {@link LoopMember#tick}
	 */
	long tick(long now);

}
