package io.github.wsspring.context;

import java.util.List;
import java.util.function.Consumer;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.Session;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what the engine tells to several listeners.
 *
 * @param listeners the listeners in the order in which they are told
 */
public record ServerListeners(List<ServerListener> listeners) implements ServerListener {

	public ServerListeners {
		listeners = List.copyOf(listeners);
	}

	@Override
	public void refused(Refusal refusal) {
		tell((listener) -> listener.refused(refusal));
	}

	@Override
	public void opened(Session session) {
		tell((listener) -> listener.opened(session));
	}

	@Override
	public void joined(Session session, String topic) {
		tell((listener) -> listener.joined(session, topic));
	}

	@Override
	public void left(Session session, String topic) {
		tell((listener) -> listener.left(session, topic));
	}

	@Override
	public void closed(Session session, CloseStatus status, @Nullable CloseCause cause) {
		tell((listener) -> listener.closed(session, status, cause));
	}

	@Override
	public void handlerFailed(Endpoint endpoint, @Nullable Session session, Throwable failure) {
		tell((listener) -> listener.handlerFailed(endpoint, session, failure));
	}

	@Override
	public void loopHeld(Session session, @Nullable String method, long millis) {
		tell((listener) -> listener.loopHeld(session, method, millis));
	}

	@Override
	public void engineFailed(String what, Throwable failure) {
		tell((listener) -> listener.engineFailed(what, failure));
	}

	private void tell(Consumer<ServerListener> news) {
		this.listeners.forEach(news);
	}

}
