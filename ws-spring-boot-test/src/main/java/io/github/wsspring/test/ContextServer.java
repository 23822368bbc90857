package io.github.wsspring.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.wsspring.context.WsServerLifecycle;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionRegistry;
import io.github.wsspring.server.WsServer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;

/**
 * The server of an application context in the same process, whether it has a port or not.
 */
final class ContextServer implements ServerAccess {

	private final ObjectProvider<WsServerLifecycle> lifecycle;

	private final ObjectProvider<SessionRegistry> registry;

	private final TestIdentities identities;

	private final Supplier<List<String>> paths;

	private final Map<ClientConnection, Peer> peers = new ConcurrentHashMap<>();

	private final AtomicLong pings = new AtomicLong();

	ContextServer(ObjectProvider<WsServerLifecycle> lifecycle, ObjectProvider<SessionRegistry> registry,
			TestIdentities identities, Supplier<List<String>> paths) {
		this.lifecycle = lifecycle;
		this.registry = registry;
		this.identities = identities;
		this.paths = paths;
	}

	@Override
	public ClientLink open(Duration timeout) throws IOException {
		return new MemoryClientLink(server().connect());
	}

	private WsServer server() {
		WsServerLifecycle lifecycle = this.lifecycle.getIfAvailable();
		WsServer server = (lifecycle != null) ? lifecycle.getServer() : null;
		if (server == null) {
			throw new IllegalStateException("The WebSocket server of this context is not running: "
					+ ((lifecycle != null) ? "was the context closed?" : "is ws.enabled false?"));
		}
		return server;
	}

	@Override
	public String host() {
		return "localhost";
	}

	@Override
	public List<String> paths() {
		return this.paths.get();
	}

	@Override
	public void introduce(Identity identity, HttpHeaders headers) {
		headers.set(TestIdentities.HEADER, this.identities.nameOf(identity));
	}

	@Override
	public void opened(ClientConnection connection, ClientLink link) {
		this.peers.entrySet().removeIf((peer) -> peer.getKey().isOver() && find(peer.getValue()) == null);
		this.peers.put(connection, new Peer((MemoryClientLink) link, Thread.currentThread()));
	}

	/**
	 * First everything has to be received, then all handlers must have returned, also
	 * those that are told of an end, then all that they sent to this client has to be
	 * taken by its link.
	 */
	@Override
	public void settle(ClientConnection connection, Duration quietTime) {
		long deadline = connection.deadline();
		Map<ClientConnection, Peer> peers = Map.copyOf(this.peers);
		peers.forEach((other, peer) -> {
			if (other == connection || peer.thread() == Thread.currentThread()) {
				receiveAll(other);
			}
		});
		peers.forEach((other, peer) -> {
			if (other.isOver()) {
				awaitEnd(connection, peer, deadline);
			}
			else {
				awaitTurn(connection, peer, deadline);
			}
		});
		awaitEnds(connection, deadline);
		Peer self = peers.get(connection);
		Session session = (self != null) ? find(self) : null;
		if (session == null || !session.isOpen()) {
			connection.awaitEnd();
			return;
		}
		connection.readWhile(() -> session.bufferedBytes() == 0 || connection.isOver(), deadline);
		connection.readAvailable();
	}

	private void receiveAll(ClientConnection connection) {
		byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(this.pings.incrementAndGet()).array();
		if (!connection.isOver() && !connection.roundTrip(payload) && !connection.isOver()) {
			throw busy("for " + Words.of(connection.timeout())
					+ " the server has not received what was sent to it, as handlers are busy");
		}
	}

	private void awaitTurn(ClientConnection connection, Peer peer, long deadline) {
		Session session = find(peer);
		if (session == null) {
			return;
		}
		CompletableFuture<Void> turn = new CompletableFuture<>();
		session.call(() -> {
			turn.complete(null);
			return null;
		});
		if (!connection.readWhile(() -> turn.isDone() || !session.isOpen(), deadline)) {
			throw busy("a handler of the endpoint '" + session.endpoint().id() + "' has been busy for "
					+ Words.of(connection.timeout()));
		}
	}

	private void awaitEnd(ClientConnection connection, Peer peer, long deadline) {
		if (!connection.readWhile(() -> find(peer) == null, deadline)) {
			throw busy("for " + Words.of(connection.timeout()) + " the server has not seen the end of a session");
		}
	}

	private void awaitEnds(ClientConnection connection, long deadline) {
		WsServer server = server();
		SessionRegistry registry = this.registry.getObject();
		if (!connection.readWhile(() -> server.sessions() <= registry.sessions().size(), deadline)) {
			throw busy("a handler of a session that has ended has been busy for " + Words.of(connection.timeout()));
		}
	}

	private static AssertionError busy(String why) {
		return new AssertionError("Nobody knows what is still to come: " + why);
	}

	/** The very same address: one by TCP may be equal to it. */
	private @Nullable Session find(Peer peer) {
		return this.registry.getObject()
			.sessions()
			.stream()
			.filter((session) -> session.remoteAddress() == peer.link().address())
			.findFirst()
			.orElse(null);
	}

	@Override
	public String toString() {
		return "the server of this context";
	}

	/**
	 * A connection to this server.
	 *
	 * @param thread who uses it
	 */
	private record Peer(MemoryClientLink link, Thread thread) {

	}

}
