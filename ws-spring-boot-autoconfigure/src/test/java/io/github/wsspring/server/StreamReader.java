package io.github.wsspring.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.wsspring.protocol.MessageKinds;
import org.jspecify.annotations.Nullable;

/**
 * A handler that reads messages as they arrive, in the way that a test wants.
 */
final class StreamReader extends RecordingHandler {

	MessageKinds kinds = new MessageKinds(true, true);

	/** The messages that the handler was called with. */
	final BlockingQueue<MessageStream> messages = new LinkedBlockingQueue<>();

	Reading reading = (session, message) -> {
		this.events.add(describe(message, message.readAllBytes()));
		return null;
	};

	static String describe(MessageStream message, byte[] bytes) {
		return message.isText() ? "stream " + new String(bytes, StandardCharsets.UTF_8) : "stream of " + bytes.length;
	}

	@Override
	public MessageKinds streams() {
		return this.kinds;
	}

	@Override
	public @Nullable CompletionStage<?> onStream(Session session, MessageStream message) throws Exception {
		this.messages.add(message);
		try {
			return this.reading.read(session, message);
		}
		catch (IOException ex) {
			this.events.add((ex instanceof IncompleteMessageException incomplete)
					? "incomplete " + incomplete.status().code() : ex.toString());
			throw ex;
		}
	}

	/** How a message is read. */
	interface Reading {

		@Nullable CompletionStage<?> read(Session session, MessageStream message) throws Exception;

	}

}
