package io.github.wsspring.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.wsspring.endpoint.AuthenticatorAdapter;
import io.github.wsspring.endpoint.WsAuthenticator;
import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.StaticTokens;
import io.github.wsspring.server.TokenAuthenticator;
import io.github.wsspring.server.TokenAuthenticator.TokenSource;
import io.github.wsspring.server.TokenVerifier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Maps the keys under {@code ws.auth} to the engine's authenticator. Its messages never
 * hold a token.
 *
 * @param properties all keys, as the origins have a say in what is safe
 */
record AuthenticationMapper(WsProperties properties) {

	private static final Log logger = LogFactory.getLog(AuthenticationMapper.class);

	/**
	 * Who may connect.
	 * @param custom the application's own authenticator, {@code null} if it has none
	 * @return the authenticator
	 * @throws InvalidWsPropertyException if the keys contradict each other or would be
	 * unsafe
	 */
	Authenticator authenticator(@Nullable WsAuthenticator custom) {
		WsProperties.Auth auth = this.properties.getAuth();
		TokenVerifier verifier = verifier(custom);
		if (verifier == null) {
			checkNotRequired();
			return Authenticator.ANONYMOUS;
		}
		checkCookies();
		if (!auth.required()) {
			logger.info("Anonymous WebSocket sessions are admitted besides authenticated ones; "
					+ "set ws.auth.required=true to refuse requests without a token");
		}
		return new TokenAuthenticator(sources(), auth.required(),
				auth.closeOnExpiry() ? verifier : new WithoutExpiry(verifier));
	}

	private @Nullable TokenVerifier verifier(@Nullable WsAuthenticator custom) {
		WsProperties.Auth auth = this.properties.getAuth();
		if (custom == null) {
			return auth.tokens().isEmpty() ? null : new StaticTokens(staticTokens());
		}
		if (!auth.tokens().isEmpty()) {
			throw new InvalidWsPropertyException(List.of("ws.auth.tokens"), "Both ws.auth.tokens and the bean of type "
					+ custom.getClass().getName() + " say who owns a token.",
					"Remove ws.auth.tokens, or the WsAuthenticator bean.");
		}
		return new AuthenticatorAdapter(custom);
	}

	private List<StaticTokens.Token> staticTokens() {
		if (this.properties.getAuth().sources().isEmpty()) {
			throw new InvalidWsPropertyException(List.of("ws.auth.sources"),
					"There are ws.auth.tokens, but ws.auth.sources is empty: no token would ever be looked at.",
					"Set ws.auth.sources to some of header, subprotocol, cookie and query.");
		}
		List<StaticTokens.Token> tokens = new ArrayList<>();
		Map<String, String> keysByHash = new HashMap<>();
		for (WsProperties.Auth.Token properties : this.properties.getAuth().tokens()) {
			String key = "ws.auth.tokens[" + tokens.size() + "]";
			StaticTokens.Token token = staticToken(key, properties);
			String twin = keysByHash.put(HexFormat.of().formatHex(token.sha256()), key);
			if (twin != null) {
				throw new InvalidWsPropertyException(List.of(key), twin + " and " + key + " hold the same token.",
						"Give each entry a token of its own, or remove one of them.");
			}
			tokens.add(token);
		}
		return tokens;
	}

	private static StaticTokens.Token staticToken(String key, WsProperties.Auth.Token properties) {
		String token = StringUtils.hasText(properties.token()) ? properties.token() : null;
		String tokenSha256 = StringUtils.hasText(properties.tokenSha256()) ? properties.tokenSha256() : null;
		if ((token == null) == (tokenSha256 == null)) {
			throw new InvalidWsPropertyException(List.of(key + ".token", key + ".token-sha256"),
					key + ((token == null) ? " has neither a token nor a token-sha256."
							: " has both a token and a token-sha256."),
					"Set either " + key + ".token or " + key + ".token-sha256.");
		}
		if (token != null && token.contains("${")) {
			// Spring Boot leaves it as it is, and then everybody could know the token.
			throw new InvalidWsPropertyException(List.of(key + ".token"),
					key + ".token has a placeholder for a property or variable that is not set.",
					"Set what the placeholder names, such as an environment variable.");
		}
		if (!StringUtils.hasText(properties.principal())) {
			throw new InvalidWsPropertyException(List.of(key + ".principal"), key + " has no principal.",
					"Set " + key + ".principal to the name of the user who owns the token.");
		}
		Identity owner = Identity.of(properties.principal(), properties.authorities(), properties.expiresAt());
		return (token != null) ? StaticTokens.Token.of(token, owner)
				: new StaticTokens.Token(sha256(key + ".token-sha256", String.valueOf(tokenSha256)), owner);
	}

	private static byte[] sha256(String key, String digits) {
		if (digits.length() != 64 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
			throw new InvalidWsPropertyException(List.of(key),
					key + " is not a SHA-256: it has to be 64 hexadecimal digits.",
					"Set it to the output of: printf %s \"$TOKEN\" | sha256sum");
		}
		return HexFormat.of().parseHex(digits);
	}

	private void checkNotRequired() {
		if (this.properties.getAuth().required()) {
			throw new InvalidWsPropertyException(List.of("ws.auth.required", "ws.auth.tokens"),
					"ws.auth.required is true, but nobody knows any token: no client could connect.",
					"List tokens in ws.auth.tokens, or declare a bean of type WsAuthenticator.");
		}
	}

	// Browsers send cookies along whatever page asks, and to every port of a host.
	private void checkCookies() {
		if (this.properties.getAuth().sources().contains(WsProperties.Auth.Source.COOKIE)
				&& this.properties.getOrigins().mode() == WsProperties.Origins.Mode.ANY) {
			throw new InvalidWsPropertyException(List.of("ws.auth.sources", "ws.origins.mode"),
					"Tokens are taken from cookies (ws.auth.sources contains 'cookie') while every page may connect "
							+ "(ws.origins.mode is 'any'): any page could open sessions in the name of its visitors.",
					"Set ws.origins.mode to 'same-host' or 'list', or set ws.auth.sources without 'cookie', "
							+ "such as [header, subprotocol].");
		}
	}

	private List<TokenSource> sources() {
		return this.properties.getAuth().sources().stream().map(this::source).toList();
	}

	private TokenSource source(WsProperties.Auth.Source source) {
		return switch (source) {
			case HEADER -> new TokenSource.Header();
			case SUBPROTOCOL -> new TokenSource.Subprotocol();
			case COOKIE -> new TokenSource.Cookie(this.properties.getAuth().cookieName());
			case QUERY -> new TokenSource.Query(this.properties.getAuth().queryParameter());
		};
	}

}
