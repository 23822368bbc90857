package io.github.wsspring.context;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * The WebSocket server could not open its port.
 */
public class WsServerStartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable InetAddress address;

	private final int port;

	/**
	 * Creates the exception.
	 * @param address the address that was asked for, {@code null} for all
	 * @param port the port that was asked for
	 * @param cause what the operating system said
	 */
	public WsServerStartException(@Nullable InetAddress address, int port, Throwable cause) {
		super("The WebSocket server could not listen on port " + port
				+ ((address != null) ? " of " + address.getHostAddress() : ""), cause);
		this.address = address;
		this.port = port;
	}

	/**
	 * The address that was asked for.
	 * @return the address, {@code null} for all
	 */
	public @Nullable InetAddress getAddress() {
		return this.address;
	}

	/**
	 * The port that was asked for.
	 * @return the port
	 */
	public int getPort() {
		return this.port;
	}

}
