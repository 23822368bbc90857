package io.github.wsspring.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;

import io.github.wsspring.endpoint.FailurePolicy;
import io.github.wsspring.endpoint.MessageFields;
import io.github.wsspring.endpoint.WsMessageListener;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.ProtocolLimits;
import io.github.wsspring.server.ApplicationPing;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import io.github.wsspring.server.ServerOptions.HandshakeOptions;
import io.github.wsspring.server.ServerOptions.ShutdownOptions;
import io.github.wsspring.server.SessionOptions;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.unit.DataSize;

/**
 * Maps the keys under {@code ws} to the options of the engine.
 *
 * @param properties the keys
 */
record WsPropertiesMapper(WsProperties properties) {

	/**
	 * How the server listens.
	 * @param bundles where the keys for TLS are, {@code null} if there are none
	 * @return the options
	 * @throws InvalidWsPropertyException if a value cannot work
	 */
	ServerOptions serverOptions(@Nullable SslBundles bundles) {
		WsProperties.Server server = this.properties.getServer();
		HandshakeOptions handshake = handshake(server.getHandshake());
		ConnectionLimits limits = limits(server.getLimits());
		ShutdownOptions shutdown = shutdown(server.getShutdown());
		TlsEngines tls = TlsEngines.of(server.getSsl(), bundles);
		String healthPath = healthPath(server.getHealthPath());
		int eventLoops = (server.getEventLoops() != null) ? server.getEventLoops()
				: Runtime.getRuntime().availableProcessors();
		try {
			return new ServerOptions(server.getAddress(), server.getPort(), server.getBacklog(), eventLoops, handshake,
					limits, shutdown, healthPath, this.properties.getAuth().reject(), tls);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex, Map.of("ws.server.port", server.getPort(), "ws.server.backlog",
					server.getBacklog(), "ws.server.event-loops", eventLoops));
		}
	}

	private HandshakeOptions handshake(WsProperties.Server.Handshake handshake) {
		int maxHeaderSize = bytes("ws.server.handshake.max-header-size", handshake.maxHeaderSize());
		try {
			return new HandshakeOptions(handshake.timeout(), maxHeaderSize, handshake.maxHeaders());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex,
					Map.of("ws.server.handshake.timeout", handshake.timeout(), "ws.server.handshake.max-header-size",
							handshake.maxHeaderSize(), "ws.server.handshake.max-headers", handshake.maxHeaders()));
		}
	}

	private ConnectionLimits limits(WsProperties.Server.Limits limits) {
		int perAddress = orZero(limits.perAddress());
		int perUser = orZero(limits.perUser());
		try {
			return new ConnectionLimits(limits.connections(), perAddress, perUser);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex, Map.of("ws.server.limits.connections", limits.connections(),
					"ws.server.limits.per-address", perAddress, "ws.server.limits.per-user", perUser));
		}
	}

	private ShutdownOptions shutdown(WsProperties.Server.Shutdown shutdown) {
		try {
			return new ShutdownOptions(new CloseStatus(shutdown.closeCode(), "server is shutting down"),
					shutdown.spread(), shutdown.gracePeriod());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex,
					Map.of("ws.server.shutdown.close-code", shutdown.closeCode(), "ws.server.shutdown.spread",
							shutdown.spread(), "ws.server.shutdown.grace-period", shutdown.gracePeriod()));
		}
	}

	private static @Nullable String healthPath(@Nullable String healthPath) {
		if (healthPath == null || healthPath.isEmpty()) {
			return null;
		}
		if (!healthPath.startsWith("/") || healthPath.contains("?")) {
			throw new InvalidWsPropertyException(List.of("ws.server.health-path"),
					"ws.server.health-path is '" + healthPath + "', which is not a path.",
					"Write a path that begins with a slash and has no query, such as /health.");
		}
		return healthPath;
	}

	/**
	 * Which pages may connect.
	 * @return the policy
	 * @throws InvalidWsPropertyException if mode and list do not fit, or an origin is
	 * none
	 */
	OriginPolicy origins() {
		WsProperties.Origins origins = this.properties.getOrigins();
		return switch (origins.mode()) {
			case ANY -> OriginPolicy.ANY;
			case SAME_HOST -> sameHost(origins.allowed());
			case LIST -> listed(origins.allowed());
		};
	}

	private static OriginPolicy sameHost(List<String> allowed) {
		if (!allowed.isEmpty()) {
			throw new InvalidWsPropertyException(List.of("ws.origins.mode", "ws.origins.allowed"),
					"ws.origins.allowed lists " + allowed + ", but ws.origins.mode is 'same-host', which ignores it.",
					"Set ws.origins.mode to 'list', or remove ws.origins.allowed.");
		}
		return OriginPolicy.SAME_HOST;
	}

	private static OriginPolicy listed(List<String> allowed) {
		if (allowed.isEmpty()) {
			throw new InvalidWsPropertyException(List.of("ws.origins.allowed"),
					"ws.origins.mode is 'list', but ws.origins.allowed is empty: no page could connect.",
					"List the origins of your pages in ws.origins.allowed, such as https://example.org, "
							+ "or set ws.origins.mode to 'same-host'.");
		}
		for (int i = 0; i < allowed.size(); i++) {
			String origin = allowed.get(i);
			try {
				OriginPolicy.listed(List.of(origin));
			}
			catch (IllegalArgumentException ex) {
				throw InvalidWsPropertyException.of(ex, Map.of("ws.origins.allowed[" + i + "]", origin));
			}
		}
		return OriginPolicy.listed(allowed);
	}

	/**
	 * The members of JSON messages that are not the payload's.
	 * @return their names
	 * @throws InvalidWsPropertyException if they are the same
	 */
	MessageFields messageFields() {
		WsProperties.Messages messages = this.properties.getMessages();
		try {
			return new MessageFields(messages.typeField(), messages.idField().isEmpty() ? null : messages.idField());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex,
					Map.of("ws.messages.type-field", messages.typeField(), "ws.messages.id-field", messages.idField()));
		}
	}

	/**
	 * What becomes of what no method takes.
	 * @param messages who is told of the clients' faults
	 * @param failures who is told of failures
	 * @return the policy
	 */
	FailurePolicy failurePolicy(List<WsMessageListener> messages, ServerListener failures) {
		return new FailurePolicy(this.properties.getMessages().unknownType(), this.properties.getMessages().onError(),
				(session, fault) -> messages.forEach((listener) -> listener.rejected(session, fault)), failures);
	}

	/**
	 * Limits and times of the sessions of an endpoint.
	 * @param endpointId the endpoint's id; compared with the keys under
	 * {@code ws.endpoints} without regard to case and dashes, as environment variables
	 * have neither
	 * @return the options
	 * @throws InvalidWsPropertyException if a value cannot work
	 */
	SessionOptions sessionOptions(String endpointId) {
		SessionProperties shared = SessionProperties.of(this.properties);
		SessionOptions options = sessionOptions("ws", shared);
		for (Map.Entry<String, EndpointProperties> entry : this.properties.getEndpoints().entrySet()) {
			if (uniform(entry.getKey()).equals(uniform(endpointId))) {
				options = sessionOptions("ws.endpoints." + entry.getKey(), entry.getValue().over(shared));
			}
		}
		return options;
	}

	/**
	 * Makes sure that each key under {@code ws.endpoints} has its endpoint.
	 * @param endpointIds the ids of all endpoints
	 * @throws InvalidWsPropertyException if there is a key without an endpoint, or two
	 * for the same
	 */
	void checkEndpointIds(Collection<String> endpointIds) {
		List<String> known = new ArrayList<>();
		for (String id : endpointIds) {
			known.add(uniform(id));
		}
		List<String> seen = new ArrayList<>();
		for (String key : this.properties.getEndpoints().keySet()) {
			String name = "ws.endpoints." + key;
			if (!known.contains(uniform(key))) {
				throw new InvalidWsPropertyException(List.of(name),
						"There are keys under " + name + ", but no endpoint has the id '" + key + "'.",
						endpointIds.isEmpty()
								? "Annotate the bean with @WsEndpoint, or remove the keys: there is no endpoint at all."
								: "Use the id of an endpoint, one of " + endpointIds.stream().sorted().toList()
										+ ", or remove the keys.");
			}
			if (seen.contains(uniform(key))) {
				throw new InvalidWsPropertyException(List.of(name),
						"The keys under " + name + " are for an endpoint that is also configured in another spelling.",
						"Write all keys of an endpoint under the same id.");
			}
			seen.add(uniform(key));
		}
	}

	/**
	 * Checks that no endpoint takes tokens from cookies while every page may connect to
	 * it: browsers send cookies along whatever page asks.
	 * @param endpointIds the ids of the endpoints that every page may connect to
	 * @throws InvalidWsPropertyException if there are any, and cookies count
	 */
	void checkCookies(Collection<String> endpointIds) {
		if (!endpointIds.isEmpty() && this.properties.getAuth().sources().contains(WsProperties.Auth.Source.COOKIE)) {
			throw new InvalidWsPropertyException(List.of("ws.auth.sources"),
					"Tokens are taken from cookies (ws.auth.sources contains 'cookie') while every page may connect to "
							+ endpointIds + " (allowedOrigins is \"*\"): any page could open sessions in the name of "
							+ "its visitors.",
					"List the origins in @WsEndpoint(allowedOrigins = ...), or set ws.auth.sources without 'cookie', "
							+ "such as [header, subprotocol].");
		}
	}

	private static String uniform(String id) {
		return id.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

	private static SessionOptions sessionOptions(String prefix, SessionProperties session) {
		ProtocolLimits limits = protocolLimits(prefix + ".inbound", session.inbound());
		HeartbeatOptions heartbeat = heartbeat(prefix + ".heartbeat", session.heartbeat());
		ApplicationPing applicationPing = applicationPing(prefix + ".application-ping", session.applicationPing());
		Duration idleTimeout = zeroAsNull(session.idleTimeout());
		OutboundOptions outbound = outbound(prefix + ".outbound", session.outbound());
		DeflateOptions deflate = deflate(prefix + ".compression", session.compression());
		int maxPending = session.inbound().maxPending();
		try {
			return new SessionOptions(limits, maxPending, heartbeat, applicationPing, idleTimeout, outbound, deflate);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex, Map.of(prefix + ".inbound.max-pending", maxPending,
					prefix + ".idle-timeout", (idleTimeout != null) ? idleTimeout : "not set"));
		}
	}

	private static @Nullable DeflateOptions deflate(String prefix, WsProperties.Compression compression) {
		if (!compression.enabled()) {
			return null;
		}
		int threshold = bytes(prefix + ".threshold", compression.threshold());
		int level = (compression.level() != null) ? compression.level() : Deflater.DEFAULT_COMPRESSION;
		try {
			return new DeflateOptions(threshold, level, compression.contextTakeover());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex,
					Map.of(prefix + ".threshold", compression.threshold(), prefix + ".level", level));
		}
	}

	private static ProtocolLimits protocolLimits(String prefix, WsProperties.Inbound inbound) {
		int maxMessageSize = bytes(prefix + ".max-message-size", inbound.maxMessageSize());
		DataSize frameSize = (inbound.maxFrameSize() != null) ? inbound.maxFrameSize() : inbound.maxMessageSize();
		int maxFrameSize = bytes(prefix + ".max-frame-size", frameSize);
		try {
			return new ProtocolLimits(maxMessageSize, maxFrameSize, inbound.maxFragments());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex, Map.of(prefix + ".max-message-size", inbound.maxMessageSize(),
					prefix + ".max-frame-size", frameSize, prefix + ".max-fragments", inbound.maxFragments()));
		}
	}

	private static @Nullable HeartbeatOptions heartbeat(String prefix, WsProperties.Heartbeat heartbeat) {
		if (!heartbeat.enabled()) {
			return null;
		}
		try {
			return new HeartbeatOptions(heartbeat.interval(), heartbeat.timeout());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex,
					Map.of(prefix + ".interval", heartbeat.interval(), prefix + ".timeout", heartbeat.timeout()));
		}
	}

	private static @Nullable ApplicationPing applicationPing(String prefix, WsProperties.ApplicationPing ping) {
		if (!ping.enabled()) {
			return null;
		}
		try {
			return new ApplicationPing(ping.typeField(), ping.request(), ping.reply());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex, Map.of(prefix + ".type-field", ping.typeField(),
					prefix + ".request", ping.request(), prefix + ".reply", ping.reply()));
		}
	}

	private static OutboundOptions outbound(String prefix, WsProperties.Outbound outbound) {
		int queueSize = bytes(prefix + ".queue-size", outbound.queueSize());
		try {
			return new OutboundOptions(queueSize, outbound.sendTimeout(), outbound.overflow(), outbound.maxStreams());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidWsPropertyException.of(ex, Map.of(prefix + ".queue-size", outbound.queueSize(),
					prefix + ".send-timeout", outbound.sendTimeout(), prefix + ".max-streams", outbound.maxStreams()));
		}
	}

	private static int bytes(String key, DataSize size) {
		if (size.toBytes() > Integer.MAX_VALUE) {
			throw new InvalidWsPropertyException(List.of(key), key + " is " + size + ", which is too large.",
					"Set " + key + " to 2047MB or less.");
		}
		return Math.toIntExact(Math.max(size.toBytes(), 0));
	}

	private static int orZero(@Nullable Integer limit) {
		return (limit != null) ? limit : 0;
	}

	private static @Nullable Duration zeroAsNull(@Nullable Duration duration) {
		return (duration == null || duration.isZero()) ? null : duration;
	}

}
