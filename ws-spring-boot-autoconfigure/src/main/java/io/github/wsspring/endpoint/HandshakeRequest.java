package io.github.wsspring.endpoint;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.HandshakeExchange;
import io.github.wsspring.server.Identity;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.CollectionUtils;
import org.springframework.util.MultiValueMap;

/**
 * The request that opens a session, in Spring's words. Immutable; headers and parameters
 * are looked at when somebody asks for them.
 */
public final class HandshakeRequest {

	private final UpgradeRequest request;

	private volatile @Nullable HttpHeaders headers;

	private volatile @Nullable MultiValueMap<String, String> queryParameters;

	private final Map<String, String> pathVariables;

	private final InetSocketAddress remoteAddress;

	private final @Nullable Identity identity;

	HandshakeRequest(UpgradeRequest request, Map<String, String> pathVariables, InetSocketAddress remoteAddress,
			@Nullable Identity identity) {
		this.request = request;
		this.pathVariables = pathVariables;
		this.remoteAddress = remoteAddress;
		this.identity = identity;
	}

	static HandshakeRequest of(HandshakeExchange exchange) {
		return new HandshakeRequest(exchange.request(), exchange.pathVariables(), exchange.remoteAddress(),
				exchange.identity());
	}

	private static HttpHeaders headersOf(UpgradeRequest request) {
		HttpHeaders headers = new HttpHeaders();
		for (HttpField field : request.headers()) {
			headers.add(field.name(), field.value());
		}
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

	/**
	 * What the client asks for.
	 * @return path and query; without scheme and host, as these are not known for sure
	 */
	public URI uri() {
		return RequestTarget.toUri(RequestTarget.of(this.request.path(), this.request.query()));
	}

	/**
	 * The path.
	 * @return the path, not decoded
	 */
	public String path() {
		return this.request.path();
	}

	/**
	 * The headers.
	 * @return the headers, read-only
	 */
	public HttpHeaders headers() {
		HttpHeaders headers = this.headers;
		if (headers == null) {
			headers = headersOf(this.request);
			this.headers = headers;
		}
		return headers;
	}

	/**
	 * What the variables of the endpoint's path stand for.
	 * @return the variables, decoded; empty while the client is being authenticated
	 */
	public Map<String, String> pathVariables() {
		return this.pathVariables;
	}

	/**
	 * The parameters of the query.
	 * @return the parameters, decoded, read-only
	 */
	public MultiValueMap<String, String> queryParameters() {
		MultiValueMap<String, String> parameters = this.queryParameters;
		if (parameters == null) {
			parameters = CollectionUtils.unmodifiableMultiValueMap(RequestTarget.parameters(this.request.query()));
			this.queryParameters = parameters;
		}
		return parameters;
	}

	/**
	 * The cookies (RFC 6265, section 5.4).
	 * @return the first value for each name
	 */
	public Map<String, String> cookies() {
		Map<String, String> cookies = new LinkedHashMap<>();
		for (String header : headers().getOrEmpty(HttpHeaders.COOKIE)) {
			for (String pair : header.split(";")) {
				int equals = pair.indexOf('=');
				if (equals >= 0) {
					cookies.putIfAbsent(pair.substring(0, equals).strip(), unquote(pair.substring(equals + 1).strip()));
				}
			}
		}
		return Collections.unmodifiableMap(cookies);
	}

	private static String unquote(String value) {
		boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

	/**
	 * Where the request came from.
	 * @return the address
	 */
	public InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * Who sent the request.
	 * @return the principal or {@code null} for an anonymous client, and while the client
	 * is being authenticated
	 */
	public @Nullable Principal principal() {
		return (this.identity != null) ? this.identity.principal() : null;
	}

	@Nullable Identity identity() {
		return this.identity;
	}

	/**
	 * Method and path, but never the query, as that may hold a token.
	 */
	@Override
	public String toString() {
		return this.request.toString();
	}

}
