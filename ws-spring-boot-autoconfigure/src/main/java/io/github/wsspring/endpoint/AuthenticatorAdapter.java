package io.github.wsspring.endpoint;

import java.net.InetSocketAddress;
import java.util.Map;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the engine ask a {@link WsAuthenticator}.
 */
public final class AuthenticatorAdapter implements TokenVerifier {

	private final WsAuthenticator authenticator;

	/**
	 * Adapts an authenticator.
	 * @param authenticator the authenticator
	 */
	public AuthenticatorAdapter(WsAuthenticator authenticator) {
		this.authenticator = authenticator;
	}

	@Override
	public @Nullable Identity verify(@Nullable String token, UpgradeRequest request, InetSocketAddress remoteAddress)
			throws Exception {
		return this.authenticator.authenticate(token, new HandshakeRequest(request, Map.of(), remoteAddress, null));
	}

	@Override
	public boolean mayBlock() {
		return true;
	}

}
