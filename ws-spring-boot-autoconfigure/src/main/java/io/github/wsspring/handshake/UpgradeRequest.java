package io.github.wsspring.handshake;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request, as it was sent.
 *
 * @param method the method, such as {@code GET}
 * @param path the target's path: not decoded, beginning with a slash
 * @param query the target's query: not decoded, without the question mark; {@code null}
 * if there is none
 * @param headers the header fields in their order
 */
public record UpgradeRequest(String method, String path, @Nullable String query, List<HttpField> headers) {

	public UpgradeRequest {
		headers = List.copyOf(headers);
	}

	/**
	 * The first value of a header.
	 * @param name the header's name in any case
	 * @return the value or {@code null} if the header is missing
	 */
	public @Nullable String header(String name) {
		for (HttpField field : this.headers) {
			if (field.name().equalsIgnoreCase(name)) {
				return field.value();
			}
		}
		return null;
	}

	/**
	 * All values of a header.
	 * @param name the header's name in any case
	 * @return one value for each line, in their order
	 */
	public List<String> headers(String name) {
		List<String> values = new ArrayList<>(1);
		for (HttpField field : this.headers) {
			if (field.name().equalsIgnoreCase(name)) {
				values.add(field.value());
			}
		}
		return values;
	}

	/**
	 * The elements of a header that is a comma-separated list (RFC 9110, section 5.6.1).
	 * @param name the header's name in any case
	 * @return the elements of all its lines, trimmed, without empty ones
	 */
	public List<String> list(String name) {
		List<String> elements = new ArrayList<>(2);
		for (HttpField field : this.headers) {
			if (field.name().equalsIgnoreCase(name)) {
				for (String element : field.value().split(",")) {
					if (!element.isBlank()) {
						elements.add(element.strip());
					}
				}
			}
		}
		return elements;
	}

	/**
	 * The subprotocols that the client offers (RFC 6455, section 4.1, number 10).
	 * @return the subprotocols, the most preferred first
	 */
	public List<String> subprotocols() {
		return list("Sec-WebSocket-Protocol");
	}

	/**
	 * The value of a cookie (RFC 6265, section 5.4).
	 * @param name the cookie's name
	 * @return the first value, without quotes around it, or {@code null}
	 */
	public @Nullable String cookie(String name) {
		for (String header : headers("Cookie")) {
			for (String pair : header.split(";")) {
				int equals = pair.indexOf('=');
				if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
					return unquote(pair.substring(equals + 1).strip());
				}
			}
		}
		return null;
	}

	private static String unquote(String value) {
		boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

	/**
	 * What identifies the request in a log: method and path, but never the query, as that
	 * may hold a token.
	 */
	@Override
	public String toString() {
		return this.method + " " + HttpSyntax.printable(this.path);
	}

}
