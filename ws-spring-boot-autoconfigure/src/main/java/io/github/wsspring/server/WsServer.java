package io.github.wsspring.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * A listener with its event loops: accepts connections and runs the sessions of its
 * endpoints.
 */
public final class WsServer {

	/**
	 * Creates a server that does not listen yet.
	 * @param options how it listens
	 * @param router where a path leads
	 * @param authenticator who may connect
	 * @param registry where its sessions are found
	 * @param listener who is told what happens
	 */
	public WsServer(ServerOptions options, Router router, Authenticator authenticator, SessionRegistry registry,
			ServerListener listener) {
	}

	/**
	 * Binds the port and begins to accept.
	 * @throws java.net.BindException if the port is taken
	 * @throws IOException if the port cannot be opened for another reason
	 * @throws IllegalStateException if the server was started before
	 */
	public void start() throws IOException {
		throw new UnsupportedOperationException();
	}

	/**
	 * Where the server listens.
	 * @return the address with the real port
	 * @throws IllegalStateException if it is not listening
	 */
	public InetSocketAddress address() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Whether new sessions are let in.
	 * @return {@code false} before the start and from the beginning of the shutdown
	 */
	public boolean isAccepting() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Refuses new sessions, closes those that are there, waits for handlers and peers up
	 * to the grace period, then closes the port and ends the threads. May be called more
	 * than once.
	 * @return completed when nothing is left
	 */
	public CompletableFuture<Void> shutdown() {
		throw new UnsupportedOperationException();
	}

}
