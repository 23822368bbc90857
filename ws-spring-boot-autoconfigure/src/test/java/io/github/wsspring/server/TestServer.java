package io.github.wsspring.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import org.jspecify.annotations.Nullable;

/**
 * A server with one endpoint and one event loop on a free port.
 */
final class TestServer implements AutoCloseable {

	private final WsServer server;

	TestServer(SessionHandler handler, @Nullable Executor executor, SessionOptions options) throws IOException {
		this(new Endpoint("test", handler, executor, List.of(), OriginPolicy.ANY, options), ServerListener.NONE);
	}

	TestServer(Endpoint endpoint, ServerListener listener) throws IOException {
		Route route = new Route(endpoint, Map.of());
		ServerOptions defaults = ServerOptions.DEFAULTS;
		ServerOptions options = new ServerOptions(defaults.address(), 0, defaults.backlog(), 1, defaults.handshake(),
				defaults.limits(), new ShutdownOptions(CloseStatus.GOING_AWAY, Duration.ZERO, Duration.ofMillis(100)),
				null, defaults.rejection(), null);
		this.server = new WsServer(options, (path) -> route, Authenticator.ANONYMOUS, new SessionRegistry(), listener,
				Runnable::run);
		this.server.start();
	}

	RawClient connect() throws IOException {
		return new RawClient(this.server.address().getPort());
	}

	@Override
	public void close() {
		this.server.shutdown().orTimeout(10, TimeUnit.SECONDS).join();
	}

}
