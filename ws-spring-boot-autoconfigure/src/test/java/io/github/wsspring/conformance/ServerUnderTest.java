package io.github.wsspring.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.SocketFactory;

import io.github.wsspring.TestCertificates;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.MessageKinds;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.protocol.ProtocolLimits;
import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.MessageStream;
import io.github.wsspring.server.Route;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionHandler;
import io.github.wsspring.server.SessionOptions;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import io.github.wsspring.server.SessionRegistry;
import io.github.wsspring.server.WsServer;
import org.jspecify.annotations.Nullable;

/**
 * Says which servers the suite runs against: the one place that knows them.
 */
final class ServerUnderTest {

	private static final int MESSAGE_SIZE = 16 * 1024 * 1024;

	private static final int FRAGMENTS = 65_537;

	private static final String STREAMS = "STREAMS";

	/** The sections whose cases differ in how a message arrives, or does not. */
	private static final Set<Integer> SECTIONS_OF_STREAMS = Set.of(1, 5, 6, 7, 9, 10);

	private ServerUnderTest() {
	}

	/**
	 * Whether a section is played against a variant.
	 * @param variant the name of the variant
	 * @param section the section
	 * @return {@code false} if it would show nothing new
	 */
	static boolean plays(String variant, Section section) {
		return !variant.equals(STREAMS) || SECTIONS_OF_STREAMS.contains(section.number());
	}

	/**
	 * The servers by the name of their variant, such as a kind of execution or transport;
	 * the whole suite runs against each, in the map's order.
	 * @return how to start each server
	 */
	static Map<String, EchoServer.Starter> variants() {
		Map<String, EchoServer.Starter> variants = new LinkedHashMap<>();
		variants.put("EVENT_LOOP", () -> new Engine(null, null, MessageKinds.NONE));
		variants.put("TASK", () -> new Engine(Executors.newFixedThreadPool(4), null, MessageKinds.NONE));
		variants.put("TLS 1.3", () -> new Engine(null, "TLSv1.3", MessageKinds.NONE));
		variants.put("TLS 1.2", () -> new Engine(null, "TLSv1.2", MessageKinds.NONE));
		variants.put(STREAMS, () -> new Engine(Executors.newCachedThreadPool(), null, new MessageKinds(true, true)));
		String only = System.getProperty("conformance.variants", "");
		if (!only.isEmpty()) {
			variants.keySet().retainAll(List.of(only.split(",")));
		}
		return variants;
	}

	private static final class Engine implements EchoServer, SessionHandler {

		private final WsServer server;

		private final @Nullable ExecutorService executor;

		private final SocketFactory sockets;

		private final MessageKinds streams;

		Engine(@Nullable ExecutorService executor, @Nullable String tlsVersion, MessageKinds streams)
				throws IOException {
			this.streams = streams;
			this.sockets = (tlsVersion != null)
					? TestCertificates.client().context(TestCertificates.server()).getSocketFactory()
					: SocketFactory.getDefault();
			SessionOptions defaults = SessionOptions.DEFAULTS;
			SessionOptions options = new SessionOptions(
					new ProtocolLimits(MESSAGE_SIZE, MESSAGE_SIZE, FRAGMENTS), defaults.maxPending(),
					defaults.heartbeat(), defaults.applicationPing(), null, new OutboundOptions(2 * MESSAGE_SIZE,
							defaults.outbound().sendTimeout(), defaults.outbound().overflow()),
					DeflateOptions.DEFAULTS);
			Route route = new Route(new Endpoint("echo", this, executor, List.of(), OriginPolicy.SAME_HOST, options),
					Map.of());
			this.executor = executor;
			this.server = new WsServer(serverOptions(tlsVersion), (path) -> route, Authenticator.ANONYMOUS,
					new SessionRegistry(), ServerListener.NONE, Runnable::run);
			this.server.start();
		}

		private static ServerOptions serverOptions(@Nullable String tlsVersion) {
			ServerOptions defaults = ServerOptions.DEFAULTS;
			return new ServerOptions(defaults.address(), 0, defaults.backlog(), 2, defaults.handshake(),
					defaults.limits(), defaults.shutdown(), null, defaults.rejection(),
					(tlsVersion != null) ? TestCertificates.engines(tlsVersion) : null);
		}

		@Override
		public SocketFactory sockets() {
			return this.sockets;
		}

		@Override
		public @Nullable CompletionStage<?> onText(Session session, String text) {
			session.send(PreparedMessage.text(text));
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(Session session, byte[] data) {
			session.send(PreparedMessage.binary(data));
			return null;
		}

		@Override
		public MessageKinds streams() {
			return this.streams;
		}

		@Override
		public @Nullable CompletionStage<?> onStream(Session session, MessageStream message) throws IOException {
			byte[] content = message.readAllBytes();
			session.send(message.isText() ? PreparedMessage.text(new String(content, StandardCharsets.UTF_8))
					: PreparedMessage.binary(content));
			return null;
		}

		@Override
		public int port() {
			return this.server.address().getPort();
		}

		@Override
		public void close() {
			this.server.shutdown().join();
			if (this.executor != null) {
				this.executor.shutdown();
			}
		}

	}

}
