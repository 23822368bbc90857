package io.github.wsspring.endpoint;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.SendResult;
import io.github.wsspring.server.Session;
import org.jspecify.annotations.Nullable;

/**
 * What this floor knows about a session: the engine's session and what was found out in
 * the handshake.
 * <p>
 * It is created in the handshake, so that a handshake method can set attributes, and is
 * tied to the engine's session when that exists. It is small, as there is one for each
 * idle client: fields that most sessions do not need stay {@code null}.
 */
final class DefaultWsSession implements WsSession, Caller {

	private static final Set<String> FORGOTTEN = Set.of();

	private final EndpointContext context;

	private final String target;

	private final @Nullable Object[] facts;

	private @Nullable HandshakeRequest request;

	private volatile @Nullable Map<String, Object> attributes;

	private volatile @Nullable Session session;

	private volatile @Nullable Outflows outflows;

	private volatile @Nullable Requests requests;

	/**
	 * What methods were told of, {@link #FORGOTTEN} after the end; for the session's turn
	 * only.
	 */
	private @Nullable Set<String> knownTopics;

	DefaultWsSession(EndpointContext context, String target, @Nullable Object[] facts, HandshakeRequest request) {
		this.context = context;
		this.target = target;
		this.facts = facts;
		this.request = request;
	}

	/**
	 * This floor's view of an engine's session.
	 */
	static DefaultWsSession of(Session session) {
		if (!(session.attachment() instanceof DefaultWsSession ours)) {
			throw new IllegalStateException(session + " was not opened on a @WsEndpoint");
		}
		if (ours.session == null) {
			ours.session = session;
		}
		return ours;
	}

	Session engine() {
		Session session = this.session;
		if (session == null) {
			throw new IllegalStateException("The session is not open yet");
		}
		return session;
	}

	EndpointContext context() {
		return this.context;
	}

	/**
	 * What makes the messages of this session.
	 */
	MessageWriter writer() {
		return this.context.codec().writer(engine().subprotocol());
	}

	EndpointHandler handler() {
		return (EndpointHandler) engine().endpoint().handler();
	}

	/**
	 * Lets values flow to where they go as long as the session lives.
	 * @throws InvalidMessageException if too many do already
	 */
	void flow(Object values, Outflow.Target target) {
		Outflow outflow = new Outflow(engine(), target);
		int limit = engine().endpoint().options().outbound().maxStreams();
		Flow.Publisher<?> publisher = Publishers.toPublisher(values);
		if (outflows().add(outflow, limit)) {
			outflow.start(publisher);
			return;
		}
		if (values instanceof BaseStream<?, ?> stream) {
			stream.close();
		}
		throw new InvalidMessageException(InvalidMessageException.TOO_MANY_STREAMS,
				"At most " + limit + " streams may be open at a time");
	}

	void ended(Outflow outflow) {
		outflows().remove(outflow);
	}

	private Outflows outflows() {
		Outflows outflows = this.outflows;
		return (outflows != null) ? outflows : createOutflows();
	}

	private synchronized Outflows createOutflows() {
		Outflows outflows = this.outflows;
		if (outflows == null) {
			outflows = new Outflows();
			this.outflows = outflows;
		}
		return outflows;
	}

	void cancelOutflows() {
		Outflows outflows = this.outflows;
		if (outflows != null) {
			outflows.cancel();
		}
	}

	/**
	 * The topics that methods were told of, to be changed; {@code null} after the end. In
	 * the session's turn only.
	 */
	@Nullable Set<String> knownTopics() {
		if (this.knownTopics == null) {
			this.knownTopics = new LinkedHashSet<>(4);
		}
		return (this.knownTopics != FORGOTTEN) ? this.knownTopics : null;
	}

	/**
	 * The session has ended. In the session's turn only.
	 * @return the topics that methods were told of
	 */
	Set<String> forgetTopics() {
		Set<String> known = this.knownTopics;
		this.knownTopics = FORGOTTEN;
		return (known != null) ? known : Set.of();
	}

	/**
	 * What a {@link RequestFact} turned out to be.
	 */
	@Nullable Object fact(int slot) {
		return this.facts[slot];
	}

	/**
	 * The upgrade request, after the handshake only if a method of the endpoint asks for
	 * it.
	 */
	HandshakeRequest request() {
		HandshakeRequest request = this.request;
		if (request == null) {
			throw new IllegalStateException("The upgrade request was not kept");
		}
		return request;
	}

	/**
	 * Who is at the other end, also during the handshake.
	 */
	@Nullable Identity identity() {
		Session session = this.session;
		return (session != null) ? session.identity() : request().identity();
	}

	void forgetRequest() {
		this.request = null;
	}

	@Override
	public String id() {
		return engine().id();
	}

	@Override
	public String endpointId() {
		return engine().endpoint().id();
	}

	@Override
	public URI uri() {
		return RequestTarget.toUri(this.target);
	}

	@Override
	public @Nullable String subprotocol() {
		return engine().subprotocol();
	}

	@Override
	public @Nullable Principal principal() {
		Identity identity = engine().identity();
		return (identity != null) ? identity.principal() : null;
	}

	@Override
	public CompletableFuture<Boolean> reauthenticate(String token) {
		return engine().reauthenticate(token, RequestTarget.toRequest(this.target));
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return engine().remoteAddress();
	}

	@Override
	public Map<String, Object> attributes() {
		Map<String, Object> attributes = this.attributes;
		return (attributes != null) ? attributes : createAttributes();
	}

	private synchronized Map<String, Object> createAttributes() {
		Map<String, Object> attributes = this.attributes;
		if (attributes == null) {
			attributes = new ConcurrentHashMap<>(4);
			this.attributes = attributes;
		}
		return attributes;
	}

	@Override
	public Set<String> topics() {
		return this.context.registry().topics().topicsOf(engine());
	}

	@Override
	public boolean isOpen() {
		return engine().isOpen();
	}

	@Override
	public SendResult send(Object payload) {
		return send(writer().encode(payload));
	}

	@Override
	public SendResult send(String type, Object payload) {
		return send(writer().encode(type, payload));
	}

	SendResult send(PreparedMessage message) {
		return engine().send(message);
	}

	@Override
	public CompletableFuture<Void> sendAsync(Object payload) {
		return engine().sendAsync(writer().encode(payload));
	}

	@Override
	public <R> CompletableFuture<R> request(Object payload, Class<R> answer, Duration timeout) {
		return requestsToAsk().ask(null, payload, answer, timeout);
	}

	@Override
	public <R> CompletableFuture<R> request(String type, Object payload, Class<R> answer, Duration timeout) {
		return requestsToAsk().ask(type, payload, answer, timeout);
	}

	/**
	 * The client's answers that are waited for.
	 * @return {@code null} if it was never asked for any
	 */
	@Nullable Requests requests() {
		return this.requests;
	}

	private Requests requestsToAsk() {
		Requests requests = this.requests;
		return (requests != null) ? requests : createRequests();
	}

	private synchronized Requests createRequests() {
		Requests requests = this.requests;
		if (requests == null) {
			requests = new Requests(engine(), this.context.codec());
			this.requests = requests;
		}
		return requests;
	}

	@Override
	public DefaultWsSession session() {
		return this;
	}

	@Override
	public WsEnvelope envelope() {
		return WsEnvelope.NONE;
	}

	@Override
	public void reply(Object value) {
		send(value);
	}

	@Override
	public void reply(String type, Object value) {
		send(type, value);
	}

	@Override
	public void acknowledge() {
		// Nobody waits.
	}

	@Override
	public void error(ErrorMessage error) {
		send(writer().encode(error, null));
	}

	@Override
	public Caller failed() {
		return this;
	}

	@Override
	public long bufferedBytes() {
		return engine().bufferedBytes();
	}

	@Override
	public boolean join(String topic) {
		return handler().topics().join(this, topic);
	}

	@Override
	public boolean leave(String topic) {
		return handler().topics().leave(this, topic);
	}

	@Override
	public void ping(byte[] payload) {
		engine().ping(payload);
	}

	@Override
	public void close(CloseStatus status) {
		engine().close(status);
	}

	@Override
	public void terminate() {
		engine().terminate();
	}

	@Override
	public String toString() {
		Session session = this.session;
		return (session != null) ? session.toString() : "WsSession in its handshake";
	}

}
