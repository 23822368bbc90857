package io.github.wsspring.context;

import java.net.InetSocketAddress;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.ServerListener.Refusal;
import io.github.wsspring.server.ServerListener.RefusalCause;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a connection or an upgrade request was refused.
 *
 * @see WsEventPublisher
 */
public class WsHandshakeRefusedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient Refusal refusal;

	/**
	 * Creates the event.
	 * @param refusal what was refused and why
	 */
	public WsHandshakeRefusedEvent(Refusal refusal) {
		super(refusal);
		this.refusal = refusal;
	}

	/**
	 * The rule by which it was refused.
	 * @return the rule
	 */
	public RefusalCause getCause() {
		return this.refusal.cause();
	}

	/**
	 * The answer.
	 * @return the HTTP status, or the close code if it was refused after the upgrade
	 */
	public int getStatus() {
		return this.refusal.status();
	}

	/**
	 * What was found and what was expected.
	 * @return a text that is safe to log
	 */
	public String getDetail() {
		return this.refusal.detail();
	}

	/**
	 * Where the request came from.
	 * @return the client's address
	 */
	public InetSocketAddress getRemoteAddress() {
		return this.refusal.remoteAddress();
	}

	/**
	 * The path that was asked for.
	 * @return the path, {@code null} if the request could not be read
	 */
	public @Nullable String getPath() {
		UpgradeRequest request = this.refusal.request();
		return (request != null) ? request.path() : null;
	}

}
