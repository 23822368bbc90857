package io.github.wsspring.server;

import java.util.List;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Authenticator.Outcome;

/**
 * Takes a bearer token from where clients put it, and asks whose it is.
 */
public final class TokenAuthenticator implements Authenticator {

	/**
	 * Says where tokens are and who knows them.
	 * @param sources where to look, in this order
	 * @param required whether a request without a token is refused
	 * @param verifier who knows the tokens
	 */
	public TokenAuthenticator(List<TokenSource> sources, boolean required, TokenVerifier verifier) {
	}

	@Override
	public Outcome authenticate(UpgradeRequest request) throws Exception {
		throw new UnsupportedOperationException();
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
