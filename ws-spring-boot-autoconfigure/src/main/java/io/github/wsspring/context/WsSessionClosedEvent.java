package io.github.wsspring.context;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerListener.CloseCause;
import io.github.wsspring.server.Session;
import org.jspecify.annotations.Nullable;

/**
 * Published when a session has ended.
 *
 * @see WsEventPublisher
 */
public class WsSessionClosedEvent extends WsSessionEvent {

	private static final long serialVersionUID = 1L;

	private final transient CloseStatus status;

	private final @Nullable CloseCause cause;

	/**
	 * Creates the event.
	 * @param session the session
	 * @param status how it ended
	 * @param cause the limit or rule of ours that ended it, {@code null} if the peer or
	 * the application did
	 */
	public WsSessionClosedEvent(Session session, CloseStatus status, @Nullable CloseCause cause) {
		super(session);
		this.status = status;
		this.cause = cause;
	}

	/**
	 * How the session ended.
	 * @return the client's status, or ours if we ended it, or 1006 if the connection
	 * broke
	 */
	public CloseStatus getStatus() {
		return this.status;
	}

	/**
	 * Why we ended the session.
	 * @return the limit or rule, {@code null} if the client or the application ended it
	 */
	public @Nullable CloseCause getCause() {
		return this.cause;
	}

}
