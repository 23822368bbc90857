package io.github.wsspring.server;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerListener.CloseCause;
import org.jspecify.annotations.Nullable;

/**
 * How a session ends, as far as that is known: most of the time there is nothing to know,
 * and no object. Belongs to the event loop.
 */
final class Ending {

	/** By when the present step of the closing handshake has to be over. */
	long deadline = Long.MAX_VALUE;

	/** Why we have ended it, {@code null} if it was not us. */
	@Nullable CloseCause cause;

	private @Nullable CloseStatus status;

	/**
	 * Says how the session ends, unless that was said before.
	 */
	void decide(CloseStatus status, @Nullable CloseCause cause) {
		if (this.status == null) {
			this.status = status;
			this.cause = cause;
		}
	}

	CloseStatus statusOr(CloseStatus otherwise) {
		return (this.status != null) ? this.status : otherwise;
	}

}
