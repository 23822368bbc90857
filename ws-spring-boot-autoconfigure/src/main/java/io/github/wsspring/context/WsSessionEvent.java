package io.github.wsspring.context;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.github.wsspring.server.Identity;
import io.github.wsspring.server.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * Something that happened to a session. For one session the events come in their order.
 *
 * @see WsEventPublisher
 */
public abstract class WsSessionEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient Session session;

	WsSessionEvent(Session session) {
		super(session);
		this.session = session;
	}

	/**
	 * The session; {@code WsTemplate.session(id)} knows more as long as it is open.
	 * @return its id
	 */
	public String getSessionId() {
		return this.session.id();
	}

	/**
	 * The endpoint that the session was opened on.
	 * @return its id
	 */
	public String getEndpointId() {
		return this.session.endpoint().id();
	}

	/**
	 * Who is at the other end.
	 * @return the principal or {@code null} for an anonymous client
	 */
	public @Nullable Principal getPrincipal() {
		Identity identity = this.session.identity();
		return (identity != null) ? identity.principal() : null;
	}

	/**
	 * Where the client is.
	 * @return its address
	 */
	public InetSocketAddress getRemoteAddress() {
		return this.session.remoteAddress();
	}

}
