package io.github.wsspring.context;

import java.net.InetSocketAddress;

import io.github.wsspring.server.WsServer;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;

/**
 * Published when the WebSocket server listens and its port is known.
 */
public class WsServerInitializedEvent extends ApplicationContextEvent {

	private static final long serialVersionUID = 1L;

	private final transient WsServer server;

	private final InetSocketAddress address;

	/**
	 * Creates the event.
	 * @param context the context that the server belongs to
	 * @param server the server
	 */
	public WsServerInitializedEvent(ApplicationContext context, WsServer server) {
		super(context);
		this.server = server;
		this.address = server.address();
	}

	/**
	 * The server.
	 * @return the server, which is listening
	 */
	public WsServer getServer() {
		return this.server;
	}

	/**
	 * Where the server listens.
	 * @return the address with the real port
	 */
	public InetSocketAddress getAddress() {
		return this.address;
	}

	/**
	 * The port that the server listens on.
	 * @return the real port, never 0
	 */
	public int getPort() {
		return this.address.getPort();
	}

}
