package io.github.wsspring.endpoint;

import java.util.Objects;

/**
 * A JSON message with a type or an id: with an id it is a request, and all its answers
 * carry that id.
 *
 * @param session the session that it came on
 * @param envelope its type and id
 * @param answer the type of its answers unless they have one of their own
 */
record Request(DefaultWsSession session, WsEnvelope envelope, String answer) implements Caller {

	/** The type of an answer. */
	static final String REPLY = "reply";

	/** The type of an answer that says what is wrong. */
	static final String ERROR = "error";

	Request(DefaultWsSession session, WsEnvelope envelope) {
		this(session, envelope, REPLY);
	}

	@Override
	public void reply(Object value) {
		if (awaitsAnswer()) {
			reply(this.answer, value);
		}
		else {
			this.session.send(value);
		}
	}

	@Override
	public void reply(String type, Object value) {
		if (awaitsAnswer()) {
			this.session.send(this.session.writer().answer(type, id(), value));
		}
		else {
			this.session.send(type, value);
		}
	}

	@Override
	public void acknowledge() {
		if (awaitsAnswer() && this.answer.equals(ERROR)) {
			error(ErrorMessage.FAILED);
		}
		else if (awaitsAnswer()) {
			this.session.send(this.session.writer().answer(this.answer, id()));
		}
	}

	@Override
	public void error(ErrorMessage error) {
		this.session.send(this.session.writer().encode(error, this.envelope.id()));
	}

	@Override
	public Caller failed() {
		return new Request(this.session, this.envelope, ERROR);
	}

	private Object id() {
		return Objects.requireNonNull(this.envelope.id());
	}

}
