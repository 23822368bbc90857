package io.github.wsspring.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLException;

import io.github.wsspring.handshake.DeflateNegotiation;
import io.github.wsspring.handshake.DeflateNegotiation.Agreement;
import io.github.wsspring.handshake.Handshake;
import io.github.wsspring.handshake.HttpHeadParser;
import io.github.wsspring.handshake.UpgradeOutcome.Accepted;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.Compression;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.PerMessageDeflate;
import io.github.wsspring.protocol.WebSocketProtocol;
import io.github.wsspring.server.Authenticator.Admitted;
import io.github.wsspring.server.Authenticator.Denied;
import io.github.wsspring.server.ServerListener.Refusal;
import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.server.ServerOptions.AuthenticationRejection;
import io.github.wsspring.server.ServerOptions.HandshakeOptions;
import io.github.wsspring.server.SessionOptions.Overflow;
import org.jspecify.annotations.Nullable;

/**
 * A connection from its accept to the 101, or to a refusal.
 * <p>
 * Belongs to the connection's event loop; only {@link #decide} may run on an executor,
 * while the connection is not read from.
 */
final class HandshakePhase implements Phase {

	private final Connection connection;

	private final ServerContext context;

	private final HttpHeadParser parser;

	private final long deadline;

	HandshakePhase(Connection connection) {
		this.connection = connection;
		this.context = connection.context();
		HandshakeOptions options = this.context.options().handshake();
		this.parser = new HttpHeadParser(options.maxHeadSize(), options.maxHeaders());
		this.deadline = connection.loop().now() + Durations.nanos(options.timeout());
	}

	@Override
	public int received(byte[] bytes, int from, int to) {
		int at = this.parser.receive(bytes, from, to);
		Rejected rejection = this.parser.rejection();
		UpgradeRequest request = this.parser.request();
		if (rejection != null) {
			boolean tooLarge = rejection.status() == 431 || rejection.status() == 414;
			refuse(new Refused(tooLarge ? RefusalCause.HEAD_TOO_LARGE : RefusalCause.MALFORMED, rejection), null);
		}
		else if (request != null) {
			begin(request);
		}
		return at;
	}

	private void begin(UpgradeRequest request) {
		if (request.path().equals(this.context.options().healthPath()) && request.header("Upgrade") == null) {
			answerHealth();
			return;
		}
		Decision refusal = check(request);
		if (refusal != null) {
			conclude(request, refusal);
			return;
		}
		Route route = this.context.router().route(request.path());
		if (route == null) {
			conclude(request, new Refused(RefusalCause.NO_ENDPOINT, Rejected.of(404, "There is no endpoint here"),
					"no endpoint for " + request));
		}
		else if (!route.endpoint().origins().allows(request)) {
			conclude(request,
					new Refused(RefusalCause.ORIGIN, Rejected.of(403, "This origin is not allowed"),
							"Origin " + request.headers("Origin") + " on Host " + request.headers("Host")
									+ " is not allowed, the rule is " + route.endpoint().origins()));
		}
		else if (this.context.authenticator().mayBlock() || route.endpoint().handler().handshakeMayBlock()) {
			decideOutside(request, route);
		}
		else {
			conclude(request, decide(request, route));
		}
	}

	private void answerHealth() {
		boolean up = this.context.accepting().getAsBoolean();
		this.connection.write(Handshake.response(Rejected.of(up ? 200 : 503, up ? "UP" : "OUT_OF_SERVICE")));
		this.connection.finish();
	}

	private @Nullable Decision check(UpgradeRequest request) {
		Rejected rejection = Handshake.check(request);
		if (rejection != null) {
			return new Refused(RefusalCause.MALFORMED, rejection);
		}
		return this.context.accepting().getAsBoolean() ? null : shuttingDown();
	}

	private static Refused shuttingDown() {
		return new Refused(RefusalCause.SHUTTING_DOWN, Rejected.of(503, "The server is shutting down"));
	}

	private void decideOutside(UpgradeRequest request, Route route) {
		this.connection.pauseReading();
		Executor own = route.endpoint().executor();
		Executor executor = (own != null) ? own : this.context.executor();
		try {
			executor.execute(() -> {
				Decision decision = decide(request, route);
				this.connection.loop().execute(() -> conclude(request, decision));
			});
		}
		catch (RejectedExecutionException ex) {
			this.context.listener().engineFailed("handing " + request + " to its executor", ex);
			conclude(request, failed());
		}
	}

	/**
	 * Asks who it is, and whether the endpoint wants it.
	 */
	private Decision decide(UpgradeRequest request, Route route) {
		try {
			Authenticator.Outcome outcome = this.context.authenticator()
				.authenticate(request, this.connection.remoteAddress());
			if (outcome instanceof Denied denied) {
				return new Unauthorized(denied.reason(), route);
			}
			Admitted admitted = (Admitted) outcome;
			Identity identity = admitted.identity();
			Duration timeLeft = (identity != null) ? identity.timeLeft() : null;
			if (timeLeft != null && !Durations.isPositive(timeLeft)) {
				return new Unauthorized("the token has expired", route);
			}
			return ask(request, route, admitted, timeLeft);
		}
		catch (Throwable ex) {
			this.context.listener().handlerFailed(route.endpoint(), null, ex);
			return failed();
		}
	}

	private Decision ask(UpgradeRequest request, Route route, Admitted admitted, @Nullable Duration timeLeft)
			throws Exception {
		String common = firstCommon(route.endpoint().subprotocols(), request.subprotocols());
		HandshakeExchange exchange = new HandshakeExchange(request, this.connection.remoteAddress(), route,
				admitted.identity(), (common != null) ? common : admitted.subprotocol());
		route.endpoint().handler().handshake(exchange);
		Rejected rejection = exchange.rejection();
		if (rejection != null) {
			return new Refused(RefusalCause.HANDLER, rejection);
		}
		return new Welcome(route, exchange, timeLeft);
	}

	private static @Nullable String firstCommon(List<String> ours, List<String> theirs) {
		for (String subprotocol : ours) {
			if (theirs.contains(subprotocol)) {
				return subprotocol;
			}
		}
		return null;
	}

	private static Refused failed() {
		return new Refused(RefusalCause.HANDLER_FAILED, Rejected.of(500, "The handshake failed"));
	}

	private void conclude(UpgradeRequest request, Decision decision) {
		if (this.connection.isClosed() || !this.connection.isIn(this)) {
			return;
		}
		if (decision instanceof Welcome welcome) {
			open(request, welcome);
		}
		else if (decision instanceof Unauthorized unauthorized) {
			turnAway(request, unauthorized);
		}
		else if (decision instanceof Refused refused) {
			refuse(refused, request);
		}
	}

	private void open(UpgradeRequest request, Welcome welcome) {
		if (!this.context.accepting().getAsBoolean()) {
			refuse(shuttingDown(), request);
			return;
		}
		HandshakeExchange exchange = welcome.exchange();
		Endpoint endpoint = welcome.route().endpoint();
		DeflateOptions deflate = endpoint.options().deflate();
		Agreement agreement = (deflate != null)
				? DeflateNegotiation.negotiate(request, mayTakeContextOver(endpoint.options(), deflate)) : null;
		Compression compression = (deflate != null && agreement != null)
				? new PerMessageDeflate(agreement.parameters(), deflate, this.context.deflatePool()) : Compression.NONE;
		OpenPhase next = new OpenPhase(this.connection, this.context.registry().ids().next(), endpoint, compression,
				exchange.identity(), exchange.subprotocol(), welcome.timeLeft());
		next.session().attach(exchange.attachment());
		int perUser = this.context.options().limits().perUser();
		if (!this.context.registry().add(next.session(), perUser)) {
			refuse(new Refused(RefusalCause.CONNECTIONS_PER_USER, Rejected.of(429, "You have too many sessions open"),
					"a user has the allowed " + perUser + " sessions already"), request);
			return;
		}
		byte[] response = Handshake.response(new Accepted(Handshake.key(request), exchange.subprotocol(),
				(agreement != null) ? agreement.header() : null, exchange.responseHeaders()));
		next.session().charge(response.length);
		this.connection.write(response);
		this.connection.become(next);
		next.begin();
		this.connection.resumeReading();
	}

	/** What is dropped must not be what a later message refers to. */
	private static boolean mayTakeContextOver(SessionOptions options, DeflateOptions deflate) {
		return deflate.contextTakeover() && options.outbound().overflow() != Overflow.DROP_OLDEST;
	}

	private void turnAway(UpgradeRequest request, Unauthorized unauthorized) {
		if (this.context.options().rejection() == AuthenticationRejection.HTTP) {
			Rejected rejection = Rejected.of(401, unauthorized.reason()).with("WWW-Authenticate", "Bearer");
			refuse(new Refused(RefusalCause.AUTHENTICATION, rejection, unauthorized.reason()), request);
			return;
		}
		CloseStatus status = new CloseStatus(OpenPhase.UNAUTHORIZED, "").withReason(unauthorized.reason());
		this.connection.write(Handshake.response(
				new Accepted(Handshake.key(request), subprotocolFor(request, unauthorized.route()), null, List.of())));
		this.connection.write(WebSocketProtocol.closeFrame(status), null);
		report(RefusalCause.AUTHENTICATION, status.code(), unauthorized.reason(), request);
		this.connection.finish();
	}

	/** A browser fails the connection if it offered subprotocols and none is answered. */
	private static @Nullable String subprotocolFor(UpgradeRequest request, Route route) {
		String common = firstCommon(route.endpoint().subprotocols(), request.subprotocols());
		return (common != null) ? common : firstCommon(List.of(TokenAuthenticator.BEARER), request.subprotocols());
	}

	private void refuse(Refused refused, @Nullable UpgradeRequest request) {
		report(refused.cause(), refused.answer().status(), refused.detail(), request);
		this.connection.write(Handshake.response(refused.answer()));
		this.connection.finish();
	}

	private void report(RefusalCause cause, int status, String detail, @Nullable UpgradeRequest request) {
		this.context.listener().refused(new Refusal(cause, status, detail, this.connection.remoteAddress(), request));
	}

	@Override
	public void shutDown(CloseStatus status) {
		refuse(shuttingDown(), this.parser.request());
	}

	@Override
	public void ended() {
		this.connection.close();
	}

	@Override
	public void broken(@Nullable IOException cause) {
		if (cause instanceof SSLException) {
			report(RefusalCause.TLS, 0, "TLS handshake failed: " + cause.getMessage(), null);
		}
	}

	@Override
	public long tick(long now) {
		long left = this.deadline - now;
		if (left <= 0) {
			Duration timeout = this.context.options().handshake().timeout();
			Rejected answer = Rejected.of(408, "The handshake was not over within " + timeout.toMillis() + " ms");
			report(RefusalCause.HANDSHAKE_TIMEOUT, answer.status(), answer.body(), this.parser.request());
			// who was slow so far gets no time to be slow with the end, too
			this.connection.write(Handshake.response(answer));
			this.connection.flush();
			this.connection.close();
		}
		return left;
	}

	@Override
	public String toString() {
		return "handshake " + this.parser.request();
	}

	private sealed interface Decision {

	}

	private record Welcome(Route route, HandshakeExchange exchange, @Nullable Duration timeLeft) implements Decision {

	}

	private record Unauthorized(String reason, Route route) implements Decision {

	}

	/**
	 * A refusal.
	 *
	 * @param detail what the operator gets to know beyond what the client does
	 */
	private record Refused(RefusalCause cause, Rejected answer, String detail) implements Decision {

		Refused(RefusalCause cause, Rejected answer) {
			this(cause, answer, answer.body());
		}

	}

}
