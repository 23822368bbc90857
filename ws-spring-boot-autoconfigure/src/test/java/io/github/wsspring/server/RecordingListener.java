package io.github.wsspring.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Notes down what the engine reports.
 */
class RecordingListener implements ServerListener {

	final List<Refusal> refusals = new CopyOnWriteArrayList<>();

	final List<Session> opened = new CopyOnWriteArrayList<>();

	final List<String> closed = new CopyOnWriteArrayList<>();

	final List<Throwable> handlerFailures = new CopyOnWriteArrayList<>();

	final List<String> engineFailures = new CopyOnWriteArrayList<>();

	@Override
	public void refused(Refusal refusal) {
		this.refusals.add(refusal);
	}

	@Override
	public void opened(Session session) {
		this.opened.add(session);
	}

	@Override
	public void closed(Session session, CloseStatus status, @Nullable CloseCause cause) {
		this.closed.add(status.code() + ((cause != null) ? " " + cause : ""));
	}

	@Override
	public void handlerFailed(Endpoint endpoint, @Nullable Session session, Throwable failure) {
		this.handlerFailures.add(failure);
	}

	@Override
	public void engineFailed(String what, Throwable failure) {
		this.engineFailures.add(what + ": " + failure);
	}

}
