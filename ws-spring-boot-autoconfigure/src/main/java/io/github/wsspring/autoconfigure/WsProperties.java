package io.github.wsspring.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.wsspring.endpoint.OnFailure;
import io.github.wsspring.endpoint.UnknownType;
import io.github.wsspring.server.ServerOptions.AuthenticationRejection;
import io.github.wsspring.server.SessionOptions.Overflow;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The keys under {@code ws}, as they were bound.
 * <p>
 * What holds the groups is filled by setters, a group by its constructor: since JDK 18 a
 * call of a constructor by reflection takes the longer the more parameters it has, which
 * an application would notice at its start. A group without a key in the environment gets
 * its {@code DEFAULTS}, which say the same as its {@link DefaultValue @DefaultValue}s,
 * from which the metadata is made.
 */
@ConfigurationProperties("ws")
class WsProperties {

	/**
	 * Whether the WebSocket server is configured and started.
	 */
	private boolean enabled = true;

	/**
	 * Port, limits and life of the server.
	 */
	private Server server = new Server();

	/**
	 * Which pages may connect.
	 */
	private Origins origins = Origins.DEFAULTS;

	/**
	 * Who may connect.
	 */
	private Auth auth = Auth.DEFAULTS;

	/**
	 * Ping frames to silent peers.
	 */
	private Heartbeat heartbeat = Heartbeat.DEFAULTS;

	/**
	 * Pings in text messages, for clients that cannot send ping frames.
	 */
	private ApplicationPing applicationPing = ApplicationPing.DEFAULTS;

	/**
	 * How long a session may go without a message in either direction. Not set, or 0, for
	 * ever. Without a unit: seconds.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration idleTimeout;

	/**
	 * What a peer may send.
	 */
	private Inbound inbound = Inbound.DEFAULTS;

	/**
	 * What may wait for a peer that reads slowly.
	 */
	private Outbound outbound = Outbound.DEFAULTS;

	/**
	 * Compression of messages (permessage-deflate).
	 */
	private Compression compression = Compression.DEFAULTS;

	/**
	 * What messages look like.
	 */
	private Messages messages = Messages.DEFAULTS;

	/**
	 * Keys of single endpoints by their id: 'heartbeat', 'application-ping',
	 * 'idle-timeout', 'inbound', 'outbound' and 'compression' as under 'ws'. What is not
	 * set here is inherited from there.
	 */
	private Map<String, EndpointProperties> endpoints = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Server getServer() {
		return this.server;
	}

	public void setServer(Server server) {
		this.server = server;
	}

	public Origins getOrigins() {
		return this.origins;
	}

	public void setOrigins(Origins origins) {
		this.origins = origins;
	}

	public Auth getAuth() {
		return this.auth;
	}

	public void setAuth(Auth auth) {
		this.auth = auth;
	}

	public Heartbeat getHeartbeat() {
		return this.heartbeat;
	}

	public void setHeartbeat(Heartbeat heartbeat) {
		this.heartbeat = heartbeat;
	}

	public ApplicationPing getApplicationPing() {
		return this.applicationPing;
	}

	public void setApplicationPing(ApplicationPing applicationPing) {
		this.applicationPing = applicationPing;
	}

	public @Nullable Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(@Nullable Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public Inbound getInbound() {
		return this.inbound;
	}

	public void setInbound(Inbound inbound) {
		this.inbound = inbound;
	}

	public Outbound getOutbound() {
		return this.outbound;
	}

	public void setOutbound(Outbound outbound) {
		this.outbound = outbound;
	}

	public Compression getCompression() {
		return this.compression;
	}

	public void setCompression(Compression compression) {
		this.compression = compression;
	}

	public Messages getMessages() {
		return this.messages;
	}

	public void setMessages(Messages messages) {
		this.messages = messages;
	}

	public Map<String, EndpointProperties> getEndpoints() {
		return this.endpoints;
	}

	public void setEndpoints(Map<String, EndpointProperties> endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Port, limits and life of the server.
	 */
	static class Server {

		/**
		 * Port to listen on. Use 0 for any free port: the real one is published as
		 * 'local.ws.port'. Use -1 for none: the server has only clients in the same
		 * process, as in tests.
		 */
		private int port = 8081;

		/**
		 * Network address to listen on. Not set for all.
		 */
		private @Nullable InetAddress address;

		/**
		 * How many connections the operating system may hold until they are accepted.
		 */
		private int backlog = 1024;

		/**
		 * How many event loops share the connections. Not set for one per core.
		 */
		private @Nullable Integer eventLoops;

		/**
		 * Path on which a plain GET is answered 200 while new sessions are let in, and
		 * 503 during the shutdown. Not set for none.
		 */
		private @Nullable String healthPath;

		/**
		 * Encryption (TLS).
		 */
		private Ssl ssl = Ssl.DEFAULTS;

		/**
		 * How long and how large an upgrade request may be.
		 */
		private Handshake handshake = Handshake.DEFAULTS;

		/**
		 * How many connections there may be.
		 */
		private Limits limits = Limits.DEFAULTS;

		/**
		 * How the server says good-bye.
		 */
		private Shutdown shutdown = Shutdown.DEFAULTS;

		public int getPort() {
			return this.port;
		}

		public void setPort(int port) {
			this.port = port;
		}

		public @Nullable InetAddress getAddress() {
			return this.address;
		}

		public void setAddress(@Nullable InetAddress address) {
			this.address = address;
		}

		public int getBacklog() {
			return this.backlog;
		}

		public void setBacklog(int backlog) {
			this.backlog = backlog;
		}

		public @Nullable Integer getEventLoops() {
			return this.eventLoops;
		}

		public void setEventLoops(@Nullable Integer eventLoops) {
			this.eventLoops = eventLoops;
		}

		public @Nullable String getHealthPath() {
			return this.healthPath;
		}

		public void setHealthPath(@Nullable String healthPath) {
			this.healthPath = healthPath;
		}

		public Ssl getSsl() {
			return this.ssl;
		}

		public void setSsl(Ssl ssl) {
			this.ssl = ssl;
		}

		public Handshake getHandshake() {
			return this.handshake;
		}

		public void setHandshake(Handshake handshake) {
			this.handshake = handshake;
		}

		public Limits getLimits() {
			return this.limits;
		}

		public void setLimits(Limits limits) {
			this.limits = limits;
		}

		public Shutdown getShutdown() {
			return this.shutdown;
		}

		public void setShutdown(Shutdown shutdown) {
			this.shutdown = shutdown;
		}

		/**
		 * Encryption (TLS).
		 *
		 * @param bundle Name of the SSL bundle under 'spring.ssl.bundle' that holds key
		 * and certificate. If it is reloaded, new connections get the new ones. Not set
		 * for plain TCP.
		 * @param clientAuth Whether clients are asked for certificates.
		 */
		record Ssl(@Nullable String bundle, @DefaultValue("none") ClientAuth clientAuth) {

			static final Ssl DEFAULTS = new Ssl(null, ClientAuth.NONE);

			/** Whether clients are asked for certificates. */
			enum ClientAuth {

				/** They are not. */
				NONE,

				/** They are, but may have none. */
				WANT,

				/** They are, and must have one. */
				NEED

			}

		}

		/**
		 * How long and how large an upgrade request may be.
		 *
		 * @param timeout How long a connection may take from being accepted to the end of
		 * its handshake. Without a unit: seconds.
		 * @param maxHeaderSize How large request line and headers may be together.
		 * @param maxHeaders How many header lines a request may have.
		 */
		record Handshake(@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10s") Duration timeout,
				@DefaultValue("8KB") DataSize maxHeaderSize, @DefaultValue("100") int maxHeaders) {

			static final Handshake DEFAULTS = new Handshake(Duration.ofSeconds(10), DataSize.ofKilobytes(8), 100);

		}

		/**
		 * How many connections there may be.
		 *
		 * @param connections How many connections there may be in all, handshakes
		 * included.
		 * @param perAddress How many connections there may be from one address. Not set,
		 * or 0, for no limit of its own.
		 * @param perUser How many sessions one user may have. Not set, or 0, for no limit
		 * of its own.
		 */
		record Limits(@DefaultValue("10000") int connections, @Nullable Integer perAddress, @Nullable Integer perUser) {

			static final Limits DEFAULTS = new Limits(10000, null, null);

		}

		/**
		 * How the server says good-bye.
		 *
		 * @param closeCode Close code that peers are sent: 1012 asks them to come back,
		 * 1001 does not.
		 * @param spread How long the close frames are spread over, so that not all
		 * clients come back at once. Without a unit: seconds.
		 * @param gracePeriod How long to wait for handlers and peers before the rest is
		 * dropped. Together with the spread it should be shorter than
		 * 'spring.lifecycle.timeout-per-shutdown-phase'. Without a unit: seconds.
		 */
		record Shutdown(@DefaultValue("1012") int closeCode,
				@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("0s") Duration spread,
				@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("20s") Duration gracePeriod) {

			static final Shutdown DEFAULTS = new Shutdown(1012, Duration.ZERO, Duration.ofSeconds(20));

		}

	}

	/**
	 * Which pages may connect.
	 *
	 * @param mode Which pages may connect. Clients that send no Origin are not pages and
	 * always may.
	 * @param allowed Origins that may connect if the mode is 'list', such as
	 * 'https://example.org', 'http://localhost:8080' or 'https://*.example.org'.
	 */
	record Origins(@DefaultValue("same-host") Mode mode, @DefaultValue List<String> allowed) {

		static final Origins DEFAULTS = new Origins(Mode.SAME_HOST, List.of());

		/** Which pages may connect. */
		enum Mode {

			/** Pages from the host that serves the WebSocket, on any port. */
			SAME_HOST,

			/** Pages with one of the origins in 'ws.origins.allowed'. */
			LIST,

			/** Every page. */
			ANY

		}

	}

	/**
	 * Who may connect.
	 *
	 * @param required Whether a request without a token is refused.
	 * @param sources Where to look for the token, in this order.
	 * @param cookieName Name of the cookie that holds the token.
	 * @param queryParameter Name of the query parameter that holds the token, if 'query'
	 * is among the sources. Query strings end up in the logs of proxies.
	 * @param tokens The tokens and their owners.
	 * @param closeOnExpiry Whether a session ends with 4401 when its token's time is
	 * over.
	 * @param reject How a missing or wrong token is answered. A browser can read 'close'
	 * only.
	 */
	record Auth(@DefaultValue("false") boolean required, @DefaultValue( {
			"header", "subprotocol", "cookie" }) List<Source> sources, @DefaultValue("ws_token") String cookieName,
			@DefaultValue("access_token") String queryParameter, @DefaultValue List<Token> tokens,
			@DefaultValue("true") boolean closeOnExpiry, @DefaultValue("http") AuthenticationRejection reject){

		static final Auth DEFAULTS = new Auth(false, List.of(Source.HEADER, Source.SUBPROTOCOL, Source.COOKIE),
				"ws_token", "access_token", List.of(), true, AuthenticationRejection.HTTP);

		/** Where clients put a token. */
		enum Source {

			/** The header 'Authorization: Bearer TOKEN'. */
			HEADER,

			/** The pair 'bearer, TOKEN' among the offered subprotocols. */
			SUBPROTOCOL,

			/** The cookie 'ws.auth.cookie-name'. */
			COOKIE,

			/** The query parameter 'ws.auth.query-parameter'. */
			QUERY

		}

		/**
		 * A token and its owner.
		 *
		 * @param token The token as clients send it. Set this or 'token-sha256'.
		 * @param tokenSha256 The SHA-256 of the token in 64 hexadecimal digits, so that
		 * the token itself need not be written down.
		 * @param principal Name of the user who owns the token.
		 * @param authorities What the user may do.
		 * @param expiresAt When the token's time is over, such as '2030-01-31T00:00:00Z'.
		 * Not set for never.
		 */
		record Token(@Nullable String token, @Nullable String tokenSha256, @Nullable String principal,
				@DefaultValue Set<String> authorities, @Nullable Instant expiresAt) {

			/** Never shows the token. */
			@Override
			public String toString() {
				return "Token[principal=" + this.principal + "]";
			}

		}

	}

	/**
	 * Ping frames to silent peers.
	 *
	 * @param enabled Whether silent peers are pinged, and dropped if they stay silent.
	 * @param interval How long a peer may be silent before it is pinged. Without a unit:
	 * seconds.
	 * @param timeout How long a peer may stay silent after a ping before its session
	 * ends. Without a unit: seconds.
	 */
	record Heartbeat(@DefaultValue("true") boolean enabled,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30s") Duration interval,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10s") Duration timeout) {

		static final Heartbeat DEFAULTS = new Heartbeat(true, Duration.ofSeconds(30), Duration.ofSeconds(10));

	}

	/**
	 * Pings in text messages, for clients that cannot send ping frames.
	 *
	 * @param enabled Whether the text {"type":"ping"} is answered with {"type":"pong"}
	 * instead of being given to the endpoint.
	 * @param typeField Name of the only member of such a message.
	 * @param request Value of the member in the client's message.
	 * @param reply Value of the member in the answer.
	 */
	record ApplicationPing(@DefaultValue("true") boolean enabled, @DefaultValue("type") String typeField,
			@DefaultValue("ping") String request, @DefaultValue("pong") String reply) {

		static final ApplicationPing DEFAULTS = new ApplicationPing(true, "type", "ping", "pong");

	}

	/**
	 * What a peer may send.
	 *
	 * @param maxMessageSize How large a message may be. A larger one ends the session
	 * with 1009.
	 * @param maxFrameSize How large a single frame may be. Not set for the largest
	 * message.
	 * @param maxFragments How many frames a message may come in.
	 * @param maxPending How many messages may wait for the endpoint before nothing more
	 * is read from the peer.
	 */
	record Inbound(@DefaultValue("64KB") DataSize maxMessageSize, @Nullable DataSize maxFrameSize,
			@DefaultValue("1024") int maxFragments, @DefaultValue("64") int maxPending) {

		static final Inbound DEFAULTS = new Inbound(DataSize.ofKilobytes(64), null, 1024, 64);

	}

	/**
	 * What may wait for a peer that reads slowly.
	 *
	 * @param sendTimeout How long a peer may take nothing while something waits for it.
	 * Without a unit: seconds.
	 * @param queueSize How many bytes may wait for a peer.
	 * @param overflow What happens to a message that finds no room.
	 * @param maxStreams How many streams, such as a Flux, that methods have returned may
	 * be under way to a peer at a time.
	 */
	record Outbound(@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10s") Duration sendTimeout,
			@DefaultValue("512KB") DataSize queueSize, @DefaultValue("close") Overflow overflow,
			@DefaultValue("64") int maxStreams) {

		static final Outbound DEFAULTS = new Outbound(Duration.ofSeconds(10), DataSize.ofKilobytes(512), Overflow.CLOSE,
				64);

	}

	/**
	 * Compression of messages (permessage-deflate, RFC 7692).
	 *
	 * @param enabled Whether messages are compressed for clients that offer it.
	 * @param threshold Smaller messages are sent as they are.
	 * @param level Effort, from 1 (fastest) to 9 (smallest). Not set for zlib's own
	 * choice, which is 6.
	 * @param contextTakeover Whether messages may refer to earlier ones of the session.
	 * Compresses small similar messages much better, but costs each session up to 320 KB
	 * of memory outside of the heap: 3.2 GB for 10000 sessions. Has no effect where
	 * 'ws.outbound.overflow' is 'drop-oldest'.
	 */
	record Compression(@DefaultValue("false") boolean enabled, @DefaultValue("1KB") DataSize threshold,
			@Nullable Integer level, @DefaultValue("false") boolean contextTakeover) {

		static final Compression DEFAULTS = new Compression(false, DataSize.ofKilobytes(1), null, false);

	}

	/**
	 * What messages look like.
	 *
	 * @param typeField Name of the member of a JSON message that says which method it is
	 * for.
	 * @param idField Name of the member of a JSON message that makes it a request: what
	 * the method returns goes back with the same id. Empty for no requests.
	 * @param unknownType What becomes of a message whose type no method takes.
	 * @param onError What becomes of a session when a method failed and no '@OnError'
	 * method took the exception.
	 */
	record Messages(@DefaultValue("type") String typeField, @DefaultValue("id") String idField,
			@DefaultValue("error") UnknownType unknownType, @DefaultValue("close") OnFailure onError) {

		static final Messages DEFAULTS = new Messages("type", "id", UnknownType.ERROR, OnFailure.CLOSE);

	}

}
