package io.github.wsspring.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.wsspring.server.Identity;

import org.springframework.http.HttpHeaders;

/**
 * A server that only its port is known of.
 *
 * @param hostName its name or address
 * @param port its port
 */
record RemoteServer(String hostName, int port) implements ServerAccess {

	static RemoteServer of(String uri) {
		URI parsed = URI.create(uri);
		boolean plain = "ws".equals(parsed.getScheme()) && parsed.getHost() != null;
		boolean bare = parsed.getRawPath() == null || parsed.getRawPath().isEmpty() || parsed.getRawPath().equals("/");
		if (!plain || !bare || parsed.getRawQuery() != null) {
			throw new IllegalArgumentException("A WsTestClient needs ws://host:port, without a path and without TLS, "
					+ "not '" + uri + "'; the path is what connect(...) is called with");
		}
		return new RemoteServer(parsed.getHost(), (parsed.getPort() != -1) ? parsed.getPort() : 80);
	}

	@Override
	public ClientLink open(Duration timeout) throws IOException {
		InetAddress address = this.hostName.equals("localhost") ? InetAddress.getByName("127.0.0.1")
				: InetAddress.getByName(this.hostName);
		return SocketClientLink.open(new InetSocketAddress(address, this.port), timeout);
	}

	@Override
	public String host() {
		return this.hostName + ":" + this.port;
	}

	@Override
	public List<String> paths() {
		return List.of();
	}

	@Override
	public void introduce(Identity identity, HttpHeaders headers) {
		throw new IllegalStateException("A server behind a port cannot be told that this is "
				+ identity.principal().getName() + ": use .token(\"...\") with a token that it knows, or the "
				+ "WsTestClient of a context with @WsEndpointTest or @AutoConfigureWsTestClient");
	}

	@Override
	public void opened(ClientConnection connection, ClientLink link) {
		// nobody has to know
	}

	@Override
	public void settle(ClientConnection connection, Duration quietTime) {
		connection.readUntil(connection::hasArrival, System.nanoTime() + quietTime.toNanos());
	}

	@Override
	public String toString() {
		return "ws://" + host();
	}

}
