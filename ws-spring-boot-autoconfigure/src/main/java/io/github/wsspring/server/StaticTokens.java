package io.github.wsspring.server;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import io.github.wsspring.handshake.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A fixed list of tokens. Each token of a request is compared with all of them, by their
 * hashes and in constant time, so that the time of an answer tells nothing.
 */
public final class StaticTokens implements TokenVerifier {

	private static final int SHA256_BYTES = 32;

	private final List<Token> tokens;

	/**
	 * Keeps the tokens.
	 * @param tokens the tokens
	 */
	public StaticTokens(List<Token> tokens) {
		this.tokens = List.copyOf(tokens);
	}

	@Override
	public @Nullable Identity verify(@Nullable String token, UpgradeRequest request, InetSocketAddress remoteAddress) {
		if (token == null) {
			return null;
		}
		byte[] hash = sha256(token);
		Identity owner = null;
		for (Token known : this.tokens) {
			if (MessageDigest.isEqual(known.sha256(), hash)) {
				owner = known.identity();
			}
		}
		return owner;
	}

	@Override
	public boolean mayBlock() {
		return false;
	}

	private static byte[] sha256(String token) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Each JDK has SHA-256", ex);
		}
	}

	/**
	 * A token and its owner.
	 *
	 * @param sha256 the SHA-256 of the token's UTF-8 bytes: 32 bytes
	 * @param identity the owner; past its {@link Identity#expiresAt()} the token is
	 * refused
	 */
	public record Token(byte[] sha256, Identity identity) {

		public Token {
			if (sha256.length != SHA256_BYTES) {
				throw new IllegalArgumentException("A SHA-256 has " + SHA256_BYTES
						+ " bytes, or 64 hexadecimal digits, not " + sha256.length + " bytes");
			}
		}

		/**
		 * Keeps a token by its hash.
		 * @param token the token as clients send it
		 * @param identity the owner
		 * @return the token
		 */
		public static Token of(String token, Identity identity) {
			return new Token(StaticTokens.sha256(token), identity);
		}

		@Override
		public String toString() {
			return "token of " + this.identity.principal().getName();
		}

	}

}
