package io.github.wsspring.server;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.wsspring.handshake.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Takes a bearer token from where clients put it, and asks whose it is.
 */
public final class TokenAuthenticator implements Authenticator {

	/** What comes before the token in a pair of subprotocols, and is answered. */
	static final String BEARER = "bearer";

	private static final String SCHEME = "Bearer ";

	private final List<TokenSource> sources;

	private final boolean required;

	private final TokenVerifier verifier;

	/**
	 * Says where tokens are and who knows them.
	 * @param sources where to look, in this order
	 * @param required whether a request without a token is refused
	 * @param verifier who knows the tokens
	 */
	public TokenAuthenticator(List<TokenSource> sources, boolean required, TokenVerifier verifier) {
		this.sources = List.copyOf(sources);
		this.required = required;
		this.verifier = verifier;
	}

	@Override
	public Outcome authenticate(UpgradeRequest request, InetSocketAddress remoteAddress) throws Exception {
		String token = find(request);
		Identity identity = this.verifier.verify(token, request, remoteAddress);
		if (identity == null && token != null) {
			return new Denied("the token is not valid");
		}
		if (identity == null && this.required) {
			return new Denied("a token is required");
		}
		// a page that offers the pair needs an answer even if its token came otherwise
		boolean paired = this.sources.contains(new TokenSource.Subprotocol())
				&& pairedToken(request.subprotocols()) != null;
		return new Admitted(identity, paired ? BEARER : null);
	}

	@Override
	public Outcome reauthenticate(String token, UpgradeRequest request, InetSocketAddress remoteAddress)
			throws Exception {
		Identity identity = this.verifier.verify(token, request, remoteAddress);
		return (identity != null) ? new Admitted(identity, null) : new Denied("the token is not valid");
	}

	@Override
	public boolean mayBlock() {
		return this.verifier.mayBlock();
	}

	private @Nullable String find(UpgradeRequest request) {
		for (TokenSource source : this.sources) {
			String token = find(source, request);
			if (token != null && !token.isEmpty()) {
				return token;
			}
		}
		return null;
	}

	private static @Nullable String find(TokenSource source, UpgradeRequest request) {
		if (source instanceof TokenSource.Header) {
			String value = request.header("Authorization");
			boolean bearer = value != null && value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
			return (value != null && bearer) ? value.substring(SCHEME.length()).strip() : null;
		}
		if (source instanceof TokenSource.Subprotocol) {
			return pairedToken(request.subprotocols());
		}
		if (source instanceof TokenSource.Cookie cookie) {
			return request.cookie(cookie.name());
		}
		return queryParameter(request.query(), ((TokenSource.Query) source).parameter());
	}

	private static @Nullable String pairedToken(List<String> subprotocols) {
		int bearer = subprotocols.indexOf(BEARER);
		return (bearer >= 0 && bearer + 1 < subprotocols.size()) ? subprotocols.get(bearer + 1) : null;
	}

	private static @Nullable String queryParameter(@Nullable String query, String name) {
		if (query == null) {
			return null;
		}
		for (String pair : query.split("&")) {
			if (pair.startsWith(name + "=")) {
				return decode(pair.substring(name.length() + 1));
			}
		}
		return null;
	}

	private static String decode(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// no token has this form, so it will be refused like any other wrong one
			return value;
		}
	}

	/**
	 * A place where clients put a token.
	 */
	public sealed interface TokenSource {

		/** {@code Authorization: Bearer TOKEN} (RFC 6750, section 2.1). */
		record Header() implements TokenSource {

		}

		/**
		 * The pair {@code bearer, TOKEN} in {@code Sec-WebSocket-Protocol}, for browsers,
		 * which cannot set headers.
		 */
		record Subprotocol() implements TokenSource {

		}

		/**
		 * A cookie.
		 *
		 * @param name its name
		 */
		record Cookie(String name) implements TokenSource {

		}

		/**
		 * A parameter of the query. Query strings end up in the logs of proxies.
		 *
		 * @param parameter its name
		 */
		record Query(String parameter) implements TokenSource {

		}

	}

}
