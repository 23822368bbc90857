package io.github.wsspring.server;

import io.github.wsspring.protocol.CloseStatus;

/**
 * A message that arrives when a test says so, for the floors above.
 */
public final class ArrivingMessage {

	private final StreamIntake intake;

	private final MessageStream stream;

	public ArrivingMessage(boolean text) {
		MessageStream[] delivered = new MessageStream[1];
		this.intake = new StreamIntake(null, 1, (message) -> delivered[0] = message, () -> {
		});
		this.intake.begin(text);
		byte[] nothing = {};
		this.intake.part(nothing, 0, 0);
		this.stream = delivered[0];
	}

	public MessageStream stream() {
		return this.stream;
	}

	public ArrivingMessage part(byte[] bytes) {
		this.intake.part(bytes, 0, bytes.length);
		return this;
	}

	public ArrivingMessage end() {
		this.intake.end();
		return this;
	}

	public void abort(CloseStatus status) {
		this.intake.abort(status);
	}

	/** The handler is done. */
	public void over() {
		this.stream.over();
	}

}
