package io.github.wsspring.endpoint;

import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Passes a binary message on by the subprotocol of its session.
 *
 * @param bySubprotocol takes those of sessions with a format
 * @param otherwise takes all others
 * @param errors handles the failures of both
 */
record FormatReceiver(Map<String, Receiver> bySubprotocol, Receiver otherwise,
		ErrorHandlers errors) implements Receiver {

	FormatReceiver {
		bySubprotocol = Map.copyOf(bySubprotocol);
	}

	@Override
	public @Nullable CompletionStage<?> receive(Caller caller, @Nullable Object subject) throws Exception {
		String subprotocol = caller.session().subprotocol();
		Receiver format = (subprotocol != null) ? this.bySubprotocol.get(subprotocol) : null;
		return this.errors.receive((format != null) ? format : this.otherwise, caller, subject);
	}

	@Override
	public boolean handlesFailures() {
		return true;
	}

}
