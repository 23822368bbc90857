package io.github.wsspring.server;

import java.util.List;

import io.github.wsspring.handshake.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A fixed list of tokens, compared in constant time.
 */
public final class StaticTokens implements TokenVerifier {

	/**
	 * Keeps the tokens.
	 * @param tokens the tokens
	 */
	public StaticTokens(List<Token> tokens) {
	}

	@Override
	public @Nullable Identity verify(@Nullable String token, UpgradeRequest request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean mayBlock() {
		return false;
	}

	/**
	 * A token and its owner.
	 *
	 * @param sha256 the SHA-256 of the token's UTF-8 bytes: 32 bytes
	 * @param identity the owner; past its {@link Identity#expiresAt()} the token is
	 * refused
	 */
	public record Token(byte[] sha256, Identity identity) {

		/**
		 * Keeps a token by its hash.
		 * @param token the token as clients send it
		 * @param identity the owner
		 * @return the token
		 */
		public static Token of(String token, Identity identity) {
			throw new UnsupportedOperationException();
		}

	}

}
