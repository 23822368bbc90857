package io.github.wsspring.test;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.github.wsspring.server.Identity;
import io.github.wsspring.test.ClientHandshake.Answer;
import io.github.wsspring.test.HandshakeRefusedError.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * Connects to a WebSocket server as a test wants it.
 *
 * <pre class="code">
 * try (WsTestSession alice = client.as("alice").connect("/rooms/1")) {
 *   alice.send("say", new Say("hi"));
 *   alice.expect("said", Said.class);
 * }
 * </pre>
 *
 * Immutable: each method that configures something returns another client. With
 * {@link WsEndpointTest} and {@link AutoConfigureWsTestClient} it is a bean that connects
 * within the process, without a port; {@link #forPort} makes one for a port. Waits no
 * longer than {@link #timeout} for anything, 5 s by default, and fails with an
 * {@link AssertionError} then.
 */
public final class WsTestClient {

	private final ServerAccess server;

	private final TestJson json;

	private final ClientSettings settings;

	WsTestClient(ServerAccess server, TestJson json, ClientSettings settings) {
		this.server = server;
		this.json = json;
		this.settings = settings;
	}

	/**
	 * A client for a port of this machine.
	 * @param port the port, such as that of
	 * {@link io.github.wsspring.context.LocalWsPort @LocalWsPort}
	 * @return a client that knows nothing of the server but the port
	 */
	public static WsTestClient forPort(int port) {
		return of(new RemoteServer("localhost", port));
	}

	/**
	 * A client for any server, without TLS.
	 * @param uri such as {@code ws://localhost:8081}
	 * @return a client that knows nothing of the server but its address
	 * @throws IllegalArgumentException if the URI is none of that kind
	 */
	public static WsTestClient to(String uri) {
		return of(RemoteServer.of(uri));
	}

	private static WsTestClient of(ServerAccess server) {
		return new WsTestClient(server, new TestJson(JsonMapper.shared(), "type"), ClientSettings.DEFAULTS);
	}

	private WsTestClient with(ClientSettings settings) {
		return new WsTestClient(this.server, this.json, settings);
	}

	/**
	 * Is somebody, without a token that the application would have to know. Whatever
	 * token is sent, it is not looked at.
	 * @param name the name of the principal
	 * @param authorities what the user may do, such as {@code ROLE_ADMIN}
	 * @return a client whose connections are that user's; to connect fails for clients of
	 * a port
	 */
	public WsTestClient as(String name, String... authorities) {
		return as(Identity.of(name, Set.of(authorities), null));
	}

	/**
	 * Is somebody, without a token that the application would have to know.
	 * @param identity principal, authorities and expiry
	 * @return a client whose connections are that user's; to connect fails for clients of
	 * a port
	 */
	public WsTestClient as(Identity identity) {
		return with(this.settings.as(identity));
	}

	/**
	 * Sends a token: {@code Authorization: Bearer TOKEN}.
	 * @param token the token
	 * @return a client that sends it
	 */
	public WsTestClient token(String token) {
		return with(this.settings.with("Authorization", "Bearer " + token, false));
	}

	/**
	 * Sends a header with the upgrade, besides others of the same name.
	 * @param name the header's name
	 * @param value its value
	 * @return a client that sends it
	 */
	public WsTestClient header(String name, String value) {
		return with(this.settings.with(name, value, true));
	}

	/**
	 * Pretends to be a page.
	 * @param origin the page's origin, such as {@code https://example.org}
	 * @return a client that sends it as {@code Origin}
	 */
	public WsTestClient origin(String origin) {
		return with(this.settings.with("Origin", origin, false));
	}

	/**
	 * Offers subprotocols (RFC 6455, section 1.9).
	 * @param subprotocols the most preferred first
	 * @return a client that offers them
	 */
	public WsTestClient subprotocols(String... subprotocols) {
		return with(this.settings.offering(List.of(subprotocols)));
	}

	/**
	 * Says how long to wait for anything.
	 * @param timeout a positive time
	 * @return a client that waits so long
	 */
	public WsTestClient timeout(Duration timeout) {
		return with(this.settings.waiting(timeout, this.settings.quietTime()));
	}

	/**
	 * Says how long {@link WsTestSession#expectNothing()} waits. Only for clients of a
	 * port: within the process nobody has to wait.
	 * @param quietTime a positive time, 200 ms by default
	 * @return a client that waits so long
	 */
	public WsTestClient quietTime(Duration quietTime) {
		return with(this.settings.waiting(this.settings.timeout(), quietTime));
	}

	/**
	 * Writes and reads JSON by a mapper of its own. The bean of a context has that of the
	 * application.
	 * @param mapper the mapper
	 * @return a client that uses it
	 */
	public WsTestClient json(JsonMapper mapper) {
		return new WsTestClient(this.server, new TestJson(mapper, this.json.typeField()), this.settings);
	}

	/**
	 * Opens a session.
	 * @param path path and query, such as {@code /rooms/1?since=7}
	 * @return the session, to be closed
	 * @throws HandshakeRefusedError if the server refuses
	 */
	public WsTestSession connect(String path) {
		Attempt attempt = attempt(path);
		Refusal refusal = attempt.refusal();
		if (refusal != null) {
			throw new HandshakeRefusedError("The server refused " + path + " with " + refusal + advice(refusal),
					refusal);
		}
		return attempt.session();
	}

	private String advice(Refusal refusal) {
		List<String> paths = this.server.paths();
		return switch (refusal.status()) {
			case 401 -> (this.settings.identity() == null) ? ". Use as(\"name\") or token(\"...\")" : "";
			case 404 -> paths.isEmpty() ? "" : ". The paths of the endpoints are " + String.join(", ", paths);
			default -> "";
		};
	}

	/**
	 * Expects the server to refuse an upgrade.
	 * @param path path and query
	 * @return the server's answer
	 * @throws AssertionError if the session is opened
	 */
	public Refusal expectRefused(String path) {
		Attempt attempt = attempt(path);
		Refusal refusal = attempt.refusal();
		if (refusal == null) {
			attempt.session().drop();
			throw new AssertionError("Expected " + path + " to be refused, but the session was opened");
		}
		return refusal;
	}

	/**
	 * Expects the server to refuse an upgrade with a status.
	 * @param path path and query
	 * @param status the HTTP status, such as 403
	 * @return the server's answer
	 * @throws AssertionError if the session is opened, or refused with another status
	 */
	public Refusal expectRefused(String path, int status) {
		Refusal refusal = expectRefused(path);
		if (refusal.status() != status) {
			throw new AssertionError("Expected " + path + " to be refused with " + status + ", but it was with "
					+ refusal + advice(refusal));
		}
		return refusal;
	}

	private Attempt attempt(String path) {
		HttpHeaders headers = HttpHeaders.copyOf(this.settings.headers());
		if (this.settings.identity() != null) {
			this.server.introduce(this.settings.identity(), headers);
		}
		byte[] nonce = new byte[16];
		ThreadLocalRandom.current().nextBytes(nonce);
		ClientHandshake handshake = new ClientHandshake(Base64.getEncoder().encodeToString(nonce),
				this.settings.subprotocols());
		byte[] request = handshake.request(path, this.server.host(), headers);
		try {
			return shakeHands(path, handshake, request);
		}
		catch (IOException ex) {
			throw new AssertionError("Cannot connect to " + this.server + ": " + ex.getMessage(), ex);
		}
	}

	private Attempt shakeHands(String path, ClientHandshake handshake, byte[] request) throws IOException {
		ClientLink link = this.server.open(this.settings.timeout());
		boolean upgraded = false;
		try {
			ClientConnection connection = new ClientConnection(link, this.settings.timeout());
			connection.write(request);
			Answer answer = ClientHandshake.answer(connection.readHead());
			if (answer.status() != 101) {
				return new Attempt(new Refusal(answer.status(), answer.headers(), connection.readBody()), null);
			}
			String subprotocol = handshake.check(answer.headers());
			this.server.opened(connection, link);
			connection.upgraded();
			upgraded = true;
			return new Attempt(null, new WsTestSession(path, connection, this.server, this.json,
					this.settings.quietTime(), subprotocol, answer.headers()));
		}
		finally {
			if (!upgraded) {
				link.close();
			}
		}
	}

	@Override
	public String toString() {
		return "WsTestClient for " + this.server;
	}

	/** Either a refusal or a session. */
	private record Attempt(@Nullable Refusal refusal, @Nullable WsTestSession opened) {

		WsTestSession session() {
			if (this.opened == null) {
				throw new IllegalStateException("The upgrade was refused");
			}
			return this.opened;
		}

	}

}
