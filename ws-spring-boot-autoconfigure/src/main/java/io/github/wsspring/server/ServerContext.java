package io.github.wsspring.server;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import io.github.wsspring.protocol.DeflatePool;

/**
 * What all connections of a server share.
 *
 * @param options how the server listens
 * @param router where a path leads
 * @param authenticator who may connect
 * @param registry where sessions are found
 * @param listener who is told what happens
 * @param executor where code runs that may block and that no endpoint has an executor for
 * @param admission how many connections there are
 * @param deflatePool where compressors come from
 * @param workspaces where loops put texts together
 * @param handovers how loops hand calls to executors
 * @param watchdog who notices handlers that hold event loops
 * @param accepting whether new sessions are let in
 */
record ServerContext(ServerOptions options, Router router, Authenticator authenticator, SessionRegistry registry,
		ServerListener listener, Executor executor, Admission admission, DeflatePool deflatePool, Workspaces workspaces,
		Handovers handovers, LoopWatchdog watchdog, BooleanSupplier accepting) {

}
