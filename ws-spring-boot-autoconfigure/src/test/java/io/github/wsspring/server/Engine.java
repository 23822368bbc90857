package io.github.wsspring.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.DeflatePool;
import io.github.wsspring.protocol.ProtocolLimits;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import io.github.wsspring.server.SessionOptions.Overflow;
import io.github.wsspring.transport.EventLoop;
import io.github.wsspring.transport.ManualClock;
import io.github.wsspring.transport.ManualLoops;
import io.github.wsspring.transport.SimulatedTransport;
import org.jspecify.annotations.Nullable;

/**
 * The engine without sockets and threads: one event loop that the test turns, on a clock
 * that it moves. Options are set before the first peer connects. The endpoint is at
 * <code>/ws</code>.
 */
final class Engine {

	final ManualClock clock = new ManualClock();

	final RecordingListener listener = new RecordingListener();

	final EventLoop loop = ManualLoops.create(this.clock, this.listener::engineFailed);

	final SessionRegistry registry = new SessionRegistry();

	final Admission admission = new Admission(ServerOptions.ConnectionLimits.DEFAULTS);

	final ManualExecutor contextExecutor = new ManualExecutor();

	final List<Peer> peers = new ArrayList<>();

	RecordingHandler handler = new RecordingHandler();

	@Nullable Executor executor;

	boolean accepting = true;

	ServerOptions options = ServerOptions.DEFAULTS;

	Authenticator authenticator = Authenticator.ANONYMOUS;

	OriginPolicy origins = OriginPolicy.ANY;

	List<String> subprotocols = List.of();

	ProtocolLimits limits = ProtocolLimits.DEFAULTS;

	int maxPending = 64;

	int concurrency = 1;

	@Nullable DeflateOptions deflate;

	@Nullable HeartbeatOptions heartbeat;

	@Nullable Duration idleTimeout;

	OutboundOptions outbound = OutboundOptions.DEFAULTS;

	private @Nullable ServerContext context;

	void outbound(int queueSize, Overflow overflow) {
		this.outbound = new OutboundOptions(queueSize, Duration.ofSeconds(10), overflow);
	}

	ServerContext context() {
		if (this.context == null) {
			SessionOptions session = new SessionOptions(this.limits, this.maxPending, this.heartbeat,
					ApplicationPing.DEFAULT, this.idleTimeout, this.outbound, this.deflate);
			Endpoint endpoint = new Endpoint("test", this.handler, this.executor, this.subprotocols, this.origins,
					session, this.concurrency);
			Router router = (path) -> path.equals("/ws") ? new Route(endpoint, Map.of()) : null;
			this.context = new ServerContext(this.options, router, this.authenticator, this.registry, this.listener,
					this.contextExecutor, this.admission, new DeflatePool(1), new Workspaces(), new Handovers(),
					new LoopWatchdog(this.listener), () -> this.accepting);
			// the loop begins with a sweep
			this.loop.turn(0);
		}
		return this.context;
	}

	/** A connection that has said nothing yet. */
	Peer connect() {
		ServerContext context = context();
		SimulatedTransport transport = new SimulatedTransport();
		this.admission.admit(transport.remoteAddress().getAddress());
		try {
			Peer[] peer = new Peer[1];
			Connection connection = Connection.open(this.loop, context, (readiness) -> {
				peer[0] = new Peer(this, transport, readiness);
				return transport;
			}, HandshakePhase::new);
			peer[0].connection = connection;
			this.peers.add(peer[0]);
			return peer[0];
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A connection that has its 101. */
	Peer open(String... headers) {
		Peer peer = connect();
		peer.send(Wire.upgrade("/ws", headers));
		if (!peer.head().startsWith("HTTP/1.1 101 ")) {
			throw new AssertionError(peer.head());
		}
		return peer;
	}

	/** The session that was opened last. */
	Session session() {
		return this.listener.opened.get(this.listener.opened.size() - 1);
	}

	/** Runs turns until everything that can happen now has happened. */
	void settle() {
		for (int i = 0; i < 4; i++) {
			for (Peer peer : List.copyOf(this.peers)) {
				peer.serve();
			}
			this.loop.turn(0);
		}
	}

	/** Lets time pass as it does: with turns all the time. */
	void pass(Duration time) {
		long step = Duration.ofMillis(10).toNanos();
		for (long left = time.toNanos(); left > 0; left -= step) {
			this.clock.advance(Duration.ofNanos(Math.min(left, step)));
			settle();
		}
	}

	/** Stops the process for a while. */
	void sleep(Duration time) {
		this.clock.advance(time);
		settle();
	}

	/** Runs handlers, and what they bring about on the loop, until nothing is left. */
	void runHandlers(ManualExecutor manual) {
		do {
			manual.runAll();
			settle();
		}
		while (manual.waiting() > 0);
	}

}
