package io.github.wsspring.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import io.github.wsspring.handshake.Handshake;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.protocol.DeflatePool;
import io.github.wsspring.server.ServerListener.Refusal;
import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.transport.Acceptor;
import io.github.wsspring.transport.EventLoop;
import io.github.wsspring.transport.EventLoopGroup;
import io.github.wsspring.transport.Incoming;
import io.github.wsspring.transport.IncomingSocket;
import io.github.wsspring.transport.MemoryChannel;
import io.github.wsspring.transport.MemoryLink;
import io.github.wsspring.transport.Tls;
import org.jspecify.annotations.Nullable;

/**
 * A listener with its event loops: accepts connections and runs the sessions of its
 * endpoints. Without a port it has only the connections that {@link #connect()} makes.
 *
 * <pre>
 *   NEW --start()--> ACCEPTING --shutdown()--> DRAINING --nobody left, or grace over--> STOPPED
 * </pre>
 *
 * Safe from any thread.
 */
public final class WsServer {

	private static final long MAX_SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long MIN_SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final ServerContext context;

	private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

	private final @Nullable ExecutorService tlsTasks;

	private final @Nullable Tls tls;

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	private volatile @Nullable EventLoopGroup loops;

	private volatile @Nullable Acceptor acceptor;

	/** Whether the event loops still take connections. Guarded by this server. */
	private boolean admits;

	/**
	 * Creates a server that does not listen yet.
	 * @param options how it listens
	 * @param router where a path leads
	 * @param authenticator who may connect
	 * @param registry where its sessions are found
	 * @param listener who is told what happens
	 * @param executor where code runs that may block and that no endpoint has an executor
	 * for
	 */
	public WsServer(ServerOptions options, Router router, Authenticator authenticator, SessionRegistry registry,
			ServerListener listener, Executor executor) {
		this.context = new ServerContext(options, router, authenticator, registry, listener, executor,
				new Admission(options.limits()), new DeflatePool(2 * options.eventLoops() + 2), new Workspaces(),
				new Handovers(), new LoopWatchdog(listener), this::isAccepting);
		registry.topics().reportTo(listener);
		Supplier<SSLEngine> engines = options.tls();
		this.tlsTasks = (engines != null) ? newTlsPool() : null;
		this.tls = (engines != null && this.tlsTasks != null) ? new Tls(engines, this.tlsTasks) : null;
	}

	/** Handshakes are mere computing, so more threads than cores would not help. */
	private static ExecutorService newTlsPool() {
		int threads = Runtime.getRuntime().availableProcessors();
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "ws-tls");
					thread.setDaemon(true);
					return thread;
				});
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	/**
	 * Binds the port, if there is to be one, and begins to accept.
	 * @throws java.net.BindException if the port is taken
	 * @throws IOException if the port cannot be opened for another reason
	 * @throws IllegalStateException if the server was started before
	 */
	public synchronized void start() throws IOException {
		if (!this.state.compareAndSet(State.NEW, State.ACCEPTING)) {
			throw new IllegalStateException("A server is started once; this one is " + this.state);
		}
		ServerOptions options = this.context.options();
		ServerListener listener = this.context.listener();
		EventLoopGroup group = null;
		try {
			group = EventLoopGroup.start(options.eventLoops(), sweepNanos(options), listener::engineFailed);
			Acceptor bound = (options.port() != ServerOptions.NO_PORT) ? bind(group.loops().get(0)) : null;
			this.loops = group;
			this.acceptor = bound;
			this.admits = true;
			this.context.watchdog().start();
			if (bound != null) {
				bound.start();
			}
		}
		catch (IOException | RuntimeException ex) {
			this.state.set(State.STOPPED);
			if (group != null) {
				group.close();
			}
			this.stopped.complete(null);
			throw ex;
		}
	}

	private Acceptor bind(EventLoop loop) throws IOException {
		ServerOptions options = this.context.options();
		InetSocketAddress address = (options.address() != null)
				? new InetSocketAddress(options.address(), options.port()) : new InetSocketAddress(options.port());
		return Acceptor.bind(address, options.backlog(), loop, this::accepted, this.context.listener()::engineFailed);
	}

	/** Short enough for the shortest time that the server itself keeps. */
	private static long sweepNanos(ServerOptions options) {
		long shortest = Durations.nanos(options.handshake().timeout()) / 4;
		return Math.max(Math.min(shortest, MAX_SWEEP_NANOS), MIN_SWEEP_NANOS);
	}

	private void accepted(SocketChannel channel) {
		EventLoopGroup group = this.loops;
		if (group == null) {
			throw new IllegalStateException("Accepted before the start");
		}
		take(group.next(), new IncomingSocket(channel, this.tls));
	}

	/**
	 * Connects a client in the same process, without a socket; everything else is as with
	 * any other connection, but for TLS.
	 * @return the client's end, with room for {@value MemoryLink#DEFAULT_CAPACITY} bytes
	 * in each direction
	 * @throws IllegalStateException if the server is not running
	 */
	public MemoryChannel connect() {
		return connect(MemoryLink.DEFAULT_CAPACITY);
	}

	/**
	 * Connects a client in the same process, without a socket; everything else is as with
	 * any other connection, but for TLS.
	 * @param capacity how many bytes may be under way in each direction, at least 1
	 * @return the client's end
	 * @throws IllegalStateException if the server is not running
	 */
	public synchronized MemoryChannel connect(int capacity) {
		EventLoopGroup group = this.loops;
		if (group == null || !this.admits) {
			throw new IllegalStateException("The server is not running");
		}
		MemoryLink link = new MemoryLink(capacity);
		take(group.next(), link);
		return link.client();
	}

	private void take(EventLoop loop, Incoming incoming) {
		if (loop.inLoop()) {
			open(loop, incoming);
		}
		else {
			loop.execute(() -> open(loop, incoming));
		}
	}

	private void open(EventLoop loop, Incoming incoming) {
		InetSocketAddress peer;
		try {
			peer = incoming.remoteAddress();
		}
		catch (IOException ex) {
			close(incoming);
			return;
		}
		RefusalCause refusal = this.context.admission().admit(peer.getAddress());
		Connection connection;
		try {
			connection = Connection.open(loop, this.context, (readiness) -> incoming.open(loop, readiness),
					HandshakePhase::new);
		}
		catch (Throwable ex) {
			this.context.admission().release(peer.getAddress());
			close(incoming);
			if (!(ex instanceof IOException)) {
				this.context.listener().engineFailed("opening a connection", ex);
			}
			// otherwise it was gone before it began
			return;
		}
		if (refusal != null) {
			refuse(connection, refusal);
		}
		else if (!isAccepting()) {
			// it would keep the server from coming to an end
			connection.shutDown(this.context.options().shutdown().closeStatus());
		}
	}

	private void refuse(Connection connection, RefusalCause cause) {
		Rejected answer = (cause == RefusalCause.CONNECTIONS) ? Rejected.of(503, "There are too many connections")
				: Rejected.of(429, "There are too many connections from your address");
		ServerOptions.ConnectionLimits limits = this.context.options().limits();
		String detail = (cause == RefusalCause.CONNECTIONS)
				? "all of the allowed " + limits.connections() + " connections are in use"
				: "the address has the allowed " + limits.perAddress() + " connections already";
		this.context.listener().refused(new Refusal(cause, answer.status(), detail, connection.remoteAddress(), null));
		connection.write(Handshake.response(answer.with("Retry-After", "10")));
		connection.finish();
	}

	private void close(Incoming incoming) {
		try {
			incoming.close();
		}
		catch (IOException ex) {
			this.context.listener().engineFailed("closing a connection", ex);
		}
	}

	/**
	 * Whether the server has a port.
	 * @return {@code true} from the start on, unless {@link ServerOptions#NO_PORT} says
	 * otherwise
	 */
	public boolean hasPort() {
		return this.acceptor != null;
	}

	/**
	 * Where the server listens.
	 * @return the address with the real port
	 * @throws IllegalStateException if it is not listening
	 */
	public InetSocketAddress address() {
		Acceptor bound = this.acceptor;
		if (bound == null) {
			if (this.context.options().port() == ServerOptions.NO_PORT) {
				throw new IllegalStateException("The server opens no port, as its port is " + ServerOptions.NO_PORT
						+ ": there is no address to connect to, only connect()");
			}
			throw new IllegalStateException("The server is not listening");
		}
		return bound.address();
	}

	/**
	 * Whether new sessions are let in.
	 * @return {@code false} before the start and from the beginning of the shutdown
	 */
	public boolean isAccepting() {
		return this.state.get() == State.ACCEPTING;
	}

	/**
	 * How many connections there are, handshakes and endings included.
	 * @return the number at present
	 */
	public int connections() {
		return this.context.admission().connections();
	}

	/**
	 * How many sessions there are, those included that have ended but whose handlers have
	 * yet to hear of it.
	 * @return the number at present
	 */
	public int sessions() {
		return this.context.admission().sessions();
	}

	/**
	 * Refuses new sessions, closes those that are there, waits for handlers and peers up
	 * to the grace period, then closes the port and ends the threads. May be called more
	 * than once.
	 * @return completed when nothing is left
	 */
	public synchronized CompletableFuture<Void> shutdown() {
		if (this.state.compareAndSet(State.NEW, State.STOPPED)) {
			this.stopped.complete(null);
		}
		else if (this.state.compareAndSet(State.ACCEPTING, State.DRAINING)) {
			EventLoopGroup group = this.loops;
			if (group != null) {
				new Drain(this.context, group, () -> stop(group)).start();
			}
		}
		return this.stopped.copy();
	}

	/** On the loop that accepts, so that nobody can come in any more. */
	private void stop(EventLoopGroup group) {
		group.loops().get(0).execute(() -> {
			admitNobody();
			group.loops().forEach((loop) -> loop.execute(() -> Drain.breakOff(loop)));
			group.close().thenRunAsync(() -> {
				this.context.deflatePool().close();
				this.context.watchdog().stop();
				if (this.tlsTasks != null) {
					this.tlsTasks.shutdown();
				}
				this.state.set(State.STOPPED);
				this.stopped.complete(null);
			});
		});
	}

	private synchronized void admitNobody() {
		this.admits = false;
		Acceptor bound = this.acceptor;
		if (bound != null) {
			bound.close();
		}
	}

	@Override
	public String toString() {
		return this.state + ((this.acceptor != null) ? " " + this.acceptor : "");
	}

	private enum State {

		NEW, ACCEPTING, DRAINING, STOPPED

	}

}
