package io.github.wsspring.context;

import java.net.InetSocketAddress;

import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.WsServer;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;

/**
 * Published when the WebSocket server runs and its port, if it has one, is known.
 */
public class WsServerInitializedEvent extends ApplicationContextEvent {

	private static final long serialVersionUID = 1L;

	private final transient WsServer server;

	private final @Nullable InetSocketAddress address;

	/**
	 * Creates the event.
	 * @param context the context that the server belongs to
	 * @param server the server
	 */
	public WsServerInitializedEvent(ApplicationContext context, WsServer server) {
		super(context);
		this.server = server;
		this.address = server.hasPort() ? server.address() : null;
	}

	/**
	 * The server.
	 * @return the server, which is running
	 */
	public WsServer getServer() {
		return this.server;
	}

	/**
	 * Where the server listens.
	 * @return the address with the real port
	 * @throws IllegalStateException if {@code ws.server.port} is -1, so that there is
	 * none
	 */
	public InetSocketAddress getAddress() {
		InetSocketAddress address = this.address;
		return (address != null) ? address : this.server.address();
	}

	/**
	 * The port that the server listens on.
	 * @return the real port, never 0; -1 if there is none
	 */
	public int getPort() {
		return (this.address != null) ? this.address.getPort() : ServerOptions.NO_PORT;
	}

}
