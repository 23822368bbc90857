package io.github.wsspring.autoconfigure;

import java.net.InetSocketAddress;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Lets sessions outlive their token, as {@code ws.auth.close-on-expiry=false} asks.
 *
 * @param delegate who knows the tokens
 */
record WithoutExpiry(TokenVerifier delegate) implements TokenVerifier {

	@Override
	public @Nullable Identity verify(@Nullable String token, UpgradeRequest request, InetSocketAddress remoteAddress)
			throws Exception {
		Identity identity = this.delegate.verify(token, request, remoteAddress);
		return (identity != null) ? new Identity(identity.principal(), identity.authorities(), null) : null;
	}

	@Override
	public boolean mayBlock() {
		return this.delegate.mayBlock();
	}

}
