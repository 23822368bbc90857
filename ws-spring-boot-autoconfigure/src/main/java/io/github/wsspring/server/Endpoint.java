package io.github.wsspring.server;

import java.util.List;
import java.util.concurrent.Executor;

import io.github.wsspring.handshake.OriginPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Something that clients can open sessions on.
 *
 * @param id its name in properties, logs and metrics
 * @param handler what happens on its sessions
 * @param executor where the handler is called; {@code null} for the event loop, which the
 * handler then must not block, and so cannot ask for streams
 * @param subprotocols the subprotocols it speaks, the most preferred first; empty if it
 * does not care
 * @param origins which pages may connect
 * @param options limits and times of its sessions
 * @param concurrency how many messages of a session may be handled at a time
 */
public record Endpoint(String id, SessionHandler handler, @Nullable Executor executor, List<String> subprotocols,
		OriginPolicy origins, SessionOptions options, int concurrency) {

	public Endpoint {
		subprotocols = List.copyOf(subprotocols);
		if (concurrency < 1) {
			throw new IllegalArgumentException("At least one message must be handled at a time, not " + concurrency);
		}
		if (executor == null && handler.streams().any()) {
			throw new IllegalArgumentException("The endpoint '" + id
					+ "' reads messages as streams, which would block an event loop; it needs an executor");
		}
	}

	/**
	 * An endpoint that handles the messages of a session one at a time.
	 * @param id its name in properties, logs and metrics
	 * @param handler what happens on its sessions
	 * @param executor where the handler is called; {@code null} for the event loop
	 * @param subprotocols the subprotocols it speaks, the most preferred first
	 * @param origins which pages may connect
	 * @param options limits and times of its sessions
	 */
	public Endpoint(String id, SessionHandler handler, @Nullable Executor executor, List<String> subprotocols,
			OriginPolicy origins, SessionOptions options) {
		this(id, handler, executor, subprotocols, origins, options, 1);
	}

}
