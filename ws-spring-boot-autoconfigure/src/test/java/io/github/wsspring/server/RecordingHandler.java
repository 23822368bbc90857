package io.github.wsspring.server;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Notes down what it is called with, and does what a test wants.
 */
class RecordingHandler implements SessionHandler {

	final List<String> events = new CopyOnWriteArrayList<>();

	Callback onOpen = (session, argument) -> null;

	Callback onText = (session, argument) -> null;

	Callback onBinary = (session, argument) -> null;

	Callback onPong = (session, argument) -> null;

	Callback onClose = (session, argument) -> null;

	boolean wantsPongs;

	static Callback echo() {
		return (session, argument) -> {
			session.send((argument instanceof String text) ? PreparedMessage.text(text)
					: PreparedMessage.binary((byte[]) argument));
			return null;
		};
	}

	@Override
	public @Nullable CompletionStage<?> onOpen(Session session) throws Exception {
		this.events.add("open");
		return this.onOpen.call(session, "");
	}

	@Override
	public @Nullable CompletionStage<?> onText(Session session, String text) throws Exception {
		this.events.add("text " + text);
		return this.onText.call(session, text);
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) throws Exception {
		this.events.add("binary " + data.length);
		return this.onBinary.call(session, data);
	}

	@Override
	public boolean wantsPongs() {
		return this.wantsPongs;
	}

	@Override
	public @Nullable CompletionStage<?> onPong(Session session, byte[] payload) throws Exception {
		this.events.add("pong " + payload.length);
		return this.onPong.call(session, payload);
	}

	@Override
	public void onClose(Session session, CloseStatus status) throws Exception {
		this.events.add("close " + status.code());
		this.onClose.call(session, status);
	}

	/** What happens in a callback. */
	interface Callback {

		@Nullable CompletionStage<?> call(Session session, Object argument) throws Exception;

	}

}
