package io.github.wsspring.autoconfigure;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.github.wsspring.context.WsServerInitializedEvent;
import io.github.wsspring.endpoint.EndpointRouter.EndpointInfo;
import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Logs at start-up where the endpoints are, and warns of what will surprise later.
 */
final class StartupReport implements ApplicationListener<WsServerInitializedEvent> {

	private static final Log logger = LogFactory.getLog(StartupReport.class);

	private final EndpointServerFactory factory;

	private final ShutdownOptions shutdown;

	private final boolean tls;

	private final Environment environment;

	StartupReport(EndpointServerFactory factory, ServerOptions options, Environment environment) {
		this.factory = factory;
		this.shutdown = options.shutdown();
		this.tls = options.tls() != null;
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(WsServerInitializedEvent event) {
		List<EndpointInfo> endpoints = this.factory.router().endpoints();
		if (endpoints.isEmpty()) {
			logger.warn("There is no WebSocket endpoint: every request will be answered 404. "
					+ "Annotate a bean's class with @WsEndpoint(\"/path\"), "
					+ "or set ws.enabled=false to have no WebSocket server");
		}
		for (EndpointInfo endpoint : endpoints) {
			logger.info(describe(event, endpoint));
		}
		warnOfShortShutdownPhase();
	}

	private String describe(WsServerInitializedEvent event, EndpointInfo endpoint) {
		return event.getServer().hasPort() ? describe(this.tls ? "wss" : "ws", event.getAddress(), endpoint)
				: describe("", endpoint);
	}

	static String describe(String scheme, InetSocketAddress address, EndpointInfo endpoint) {
		return describe(scheme + "://" + host(address.getAddress()) + ":" + address.getPort(), endpoint);
	}

	private static String describe(String server, EndpointInfo endpoint) {
		return server + endpoint.path() + " -> " + ClassUtils.getUserClass(endpoint.beanType()).getSimpleName();
	}

	private static String host(InetAddress address) {
		if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
			return "localhost";
		}
		return (address instanceof Inet6Address) ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
	}

	// The context goes on to destroy beans when the phase is over, whoever still drains.
	private void warnOfShortShutdownPhase() {
		Duration drain = this.shutdown.spread().plus(this.shutdown.gracePeriod());
		Duration phase = Binder.get(this.environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
		if (drain.compareTo(phase) > 0) {
			logger.warn("A shutdown may take " + drain.toSeconds() + " s (ws.server.shutdown.spread and "
					+ "ws.server.shutdown.grace-period), but the application context waits only " + phase.toSeconds()
					+ " s: set spring.lifecycle.timeout-per-shutdown-phase to more");
		}
	}

}
