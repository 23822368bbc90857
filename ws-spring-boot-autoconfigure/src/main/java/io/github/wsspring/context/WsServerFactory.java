package io.github.wsspring.context;

import io.github.wsspring.server.WsServer;

/**
 * Makes a server for each start of the application context, as a {@link WsServer} starts
 * only once.
 */
@FunctionalInterface
public interface WsServerFactory {

	/**
	 * Makes a server.
	 * @return a server that was not started yet
	 */
	WsServer create();

}
