package io.github.wsspring.server;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections, and sessions until their handlers know of the end; says when there
 * are enough connections. Safe from any thread.
 */
final class Admission {

	private final ConnectionLimits limits;

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger sessions = new AtomicInteger();

	private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

	Admission(ConnectionLimits limits) {
		this.limits = limits;
	}

	/**
	 * Counts a connection, whatever is said about it; {@link #release} has to follow.
	 * @param address where it comes from
	 * @return the limit that it is over, {@code null} if it may stay
	 */
	@Nullable RefusalCause admit(InetAddress address) {
		int total = this.connections.incrementAndGet();
		int ofAddress = (this.limits.perAddress() > 0) ? this.byAddress.merge(address, 1, Integer::sum) : 0;
		if (total > this.limits.connections()) {
			return RefusalCause.CONNECTIONS;
		}
		return (ofAddress > this.limits.perAddress()) ? RefusalCause.CONNECTIONS_PER_ADDRESS : null;
	}

	/**
	 * A connection is gone.
	 * @param address where it came from
	 */
	void release(InetAddress address) {
		this.connections.decrementAndGet();
		if (this.limits.perAddress() > 0) {
			this.byAddress.computeIfPresent(address, (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/**
	 * A handler is going to be told of a session.
	 */
	void sessionBegins() {
		this.sessions.incrementAndGet();
	}

	/**
	 * A handler was told that its session is over.
	 */
	void sessionEnded() {
		this.sessions.decrementAndGet();
	}

	int sessions() {
		return this.sessions.get();
	}

	int connections() {
		return this.connections.get();
	}

}
