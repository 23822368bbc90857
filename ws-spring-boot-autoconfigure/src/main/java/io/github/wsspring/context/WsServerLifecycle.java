package io.github.wsspring.context;

import java.io.IOException;

import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.WsServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the WebSocket server with its application context; each start gets a
 * new {@link WsServer}.
 * <p>
 * The phase is the one in which Spring Boot's web server shuts down gracefully, so that
 * both drain at the same time and share one
 * {@code spring.lifecycle.timeout-per-shutdown-phase}. At start this comes after the web
 * server: when the first session opens, the application is complete. At stop it comes
 * before everything that handlers may need, such as the web server itself and beans with
 * an earlier phase, and before any bean is destroyed.
 */
public final class WsServerLifecycle implements SmartLifecycle {

	/** The phase: that of Spring Boot's graceful shutdown. */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

	private static final Log logger = LogFactory.getLog(WsServerLifecycle.class);

	private final ServerOptions options;

	private final WsServerFactory factory;

	private final ApplicationContext context;

	private final KeepAlive keepAlive = new KeepAlive();

	private volatile @Nullable WsServer server;

	/**
	 * Creates the lifecycle.
	 * @param options where the servers listen, for messages
	 * @param factory what makes a server for each start
	 * @param context where port and event are published
	 */
	public WsServerLifecycle(ServerOptions options, WsServerFactory factory, ApplicationContext context) {
		this.options = options;
		this.factory = factory;
		this.context = context;
	}

	/**
	 * The running server.
	 * @return the server, {@code null} before the start and after the end of the shutdown
	 */
	public @Nullable WsServer getServer() {
		return this.server;
	}

	/**
	 * Opens the port, publishes it as {@code local.ws.port} and sends a
	 * {@link WsServerInitializedEvent}. Without a port nothing is published.
	 * @throws WsServerStartException if the port cannot be opened
	 */
	@Override
	public void start() {
		if (isRunning()) {
			return;
		}
		WsServer server = this.factory.create();
		try {
			server.start();
		}
		catch (IOException ex) {
			throw new WsServerStartException(this.options.address(), this.options.port(), ex);
		}
		this.server = server;
		this.keepAlive.start();
		WsServerInitializedEvent event = new WsServerInitializedEvent(this.context, server);
		if (server.hasPort()) {
			LocalPort.publish(event.getPort(), this.context);
			logger.info("WebSocket server started on port " + event.getPort());
		}
		else {
			logger.info("WebSocket server started without a port, as ws.server.port is -1");
		}
		this.context.publishEvent(event);
	}

	/** Shuts the server down and waits for it, up to its grace period. */
	@Override
	public void stop() {
		WsServer server = this.server;
		if (server != null) {
			server.shutdown().handle((result, failure) -> {
				stopped(failure);
				return null;
			}).join();
		}
	}

	/**
	 * Begins to shut the server down, so that others of the same phase can at the same
	 * time.
	 * @param callback told when nothing is left
	 */
	@Override
	public void stop(Runnable callback) {
		WsServer server = this.server;
		if (server == null) {
			callback.run();
			return;
		}
		server.shutdown().whenComplete((result, failure) -> {
			stopped(failure);
			callback.run();
		});
	}

	private void stopped(@Nullable Throwable failure) {
		this.server = null;
		this.keepAlive.stop();
		if (failure == null) {
			logger.info("WebSocket server stopped");
		}
		else {
			logger.warn("WebSocket server stopped, but not cleanly", failure);
		}
	}

	/**
	 * Whether there is a server.
	 * @return {@code true} from the start to the end of the shutdown
	 */
	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/** Not for a pause: as with web servers, tests that wait keep their port. */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
