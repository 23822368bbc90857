package io.github.wsspring.server;

/**
 * What became of one message that was handed to a session.
 */
public enum SendResult {

	/** It will be written in its turn. */
	QUEUED,

	/**
	 * It will be written in its turn, but the peer reads slowly: more than half of the
	 * session's outbound queue is in use. Senders that can wait should.
	 */
	BACKPRESSURE,

	/** It was thrown away because the outbound queue is full. */
	DROPPED,

	/** It was not sent because the session is closed or closing. */
	CLOSED;

	/**
	 * Whether the message will be written.
	 * @return {@code true} for {@link #QUEUED} and {@link #BACKPRESSURE}
	 */
	public boolean isAccepted() {
		return this == QUEUED || this == BACKPRESSURE;
	}

}
