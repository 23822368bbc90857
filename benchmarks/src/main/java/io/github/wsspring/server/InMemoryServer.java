package io.github.wsspring.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.protocol.DeflatePool;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import io.github.wsspring.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The engine without sockets: one event loop, which the thread that created the server
 * turns, and connections whose peers take everything. Everything from the bytes of a
 * frame to the bytes of the answer is the engine's own.
 */
public final class InMemoryServer {

	private final EventLoop loop;

	private final ServerContext context;

	private @Nullable Throwable failure;

	/**
	 * Begins without connections; the caller's thread becomes the loop's.
	 * @param router where paths lead
	 * @param authenticator who may connect
	 */
	public InMemoryServer(Router router, Authenticator authenticator) {
		ServerListener listener = new FailureListener();
		try {
			this.loop = new EventLoop(TimeUnit.HOURS.toNanos(1), listener::engineFailed);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.context = new ServerContext(ServerOptions.DEFAULTS, router, authenticator, new SessionRegistry(), listener,
				Runnable::run, new Admission(ConnectionLimits.DEFAULTS), new DeflatePool(4), new Workspaces(),
				new Handovers(), new LoopWatchdog(listener), () -> true);
		this.loop.turn(0);
	}

	/**
	 * Opens a session.
	 * @param target the path
	 * @return the connection, after its 101
	 */
	public InMemoryConnection connect(String target) {
		return InMemoryConnection.open(this, this.context, target);
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Runs a turn of the loop, without waiting for anything.
	 */
	public void turn() {
		this.loop.turn(0);
		Throwable failure = this.failure;
		if (failure != null) {
			throw new IllegalStateException("The engine failed", failure);
		}
	}

	/**
	 * Closes the loop's selector.
	 */
	public void close() {
		this.loop.close();
	}

	private final class FailureListener implements ServerListener {

		@Override
		public void handlerFailed(Endpoint endpoint, @Nullable Session session, Throwable failure) {
			InMemoryServer.this.failure = failure;
		}

		@Override
		public void engineFailed(String what, Throwable failure) {
			InMemoryServer.this.failure = failure;
		}

	}

}
