package io.github.wsspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.wsspring.context.WsServerFactory;
import io.github.wsspring.endpoint.EndpointRouter;
import io.github.wsspring.endpoint.EndpointRouter.EndpointInfo;
import io.github.wsspring.endpoint.EndpointScanner;
import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.SessionRegistry;
import io.github.wsspring.server.TokenAuthenticator;
import io.github.wsspring.server.WsServer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes servers for the endpoints among the beans.
 * <p>
 * Looks for the endpoints when all other beans are there: so endpoints can have anything
 * injected without a cycle, and one that cannot work stops the application before any
 * port is open.
 */
final class EndpointServerFactory implements WsServerFactory, SmartInitializingSingleton {

	private final Parts parts;

	private final EndpointScanner scanner;

	private final WsPropertiesMapper mapper;

	private @Nullable EndpointRouter router;

	EndpointServerFactory(Parts parts, EndpointScanner scanner, WsPropertiesMapper mapper) {
		this.parts = parts;
		this.scanner = scanner;
		this.mapper = mapper;
	}

	@Override
	public void afterSingletonsInstantiated() {
		router();
	}

	@Override
	public WsServer create() {
		return new WsServer(this.parts.options(), router(), this.parts.authenticator(), this.parts.registry(),
				this.parts.listener(), this.parts.executor());
	}

	EndpointRouter router() {
		EndpointRouter router = this.router;
		if (router == null) {
			router = this.scanner.scan();
			if (!this.parts.someEndpoints()) {
				this.mapper.checkEndpointIds(ids(router.endpoints()));
			}
			if (this.parts.authenticator() instanceof TokenAuthenticator) {
				this.mapper.checkCookies(ids(router.endpointsForAnyOrigin()));
			}
			this.router = router;
		}
		return router;
	}

	private static List<String> ids(List<EndpointInfo> endpoints) {
		List<String> ids = new ArrayList<>(endpoints.size());
		for (EndpointInfo endpoint : endpoints) {
			ids.add(endpoint.id());
		}
		return ids;
	}

	/**
	 * What a server consists of besides its endpoints.
	 *
	 * @param options how it listens
	 * @param authenticator who may connect
	 * @param registry where its sessions are found
	 * @param listener who is told what happens
	 * @param executor where checks of tokens run that may block
	 * @param someEndpoints whether others of the application's endpoints may be missing
	 */
	record Parts(ServerOptions options, Authenticator authenticator, SessionRegistry registry, ServerListener listener,
			Executor executor, boolean someEndpoints) {

	}

}
