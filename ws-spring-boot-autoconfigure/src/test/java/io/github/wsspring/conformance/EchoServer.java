package io.github.wsspring.conformance;

import javax.net.SocketFactory;

/**
 * A listening server on the loopback interface that sends every data message back.
 */
interface EchoServer extends AutoCloseable {

	/**
	 * Where it listens.
	 * @return the TCP port on 127.0.0.1
	 */
	int port();

	/**
	 * The path that echoes.
	 * @return an absolute path
	 */
	default String path() {
		return "/";
	}

	/**
	 * How to reach it; for TLS a factory that trusts its certificate.
	 * @return what makes the client's sockets
	 */
	default SocketFactory sockets() {
		return SocketFactory.getDefault();
	}

	@Override
	void close();

	/** Starts a server. */
	@FunctionalInterface
	interface Starter {

		/**
		 * Starts the server.
		 * @return the server, which listens already
		 * @throws Exception if it cannot be started
		 */
		EchoServer start() throws Exception;

	}

}
