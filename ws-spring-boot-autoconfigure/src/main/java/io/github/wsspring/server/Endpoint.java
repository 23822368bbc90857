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
 * handler then must not block
 * @param subprotocols the subprotocols it speaks, the most preferred first; empty if it
 * does not care
 * @param origins which pages may connect
 * @param options limits and times of its sessions
 */
public record Endpoint(String id, SessionHandler handler, @Nullable Executor executor, List<String> subprotocols,
		OriginPolicy origins, SessionOptions options) {

	public Endpoint {
		subprotocols = List.copyOf(subprotocols);
	}

}
