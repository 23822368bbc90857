package io.github.wsspring.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.wsspring.handshake.UpgradeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * The target of a request, as sent, and what it means.
 */
final class RequestTarget {

	private static final String LEGAL = "/?:@!$&'()*+,;=-._~%";

	private RequestTarget() {
	}

	static String of(String path, @Nullable String query) {
		return (query != null) ? path + "?" + query : path;
	}

	/**
	 * A request for a target, without headers.
	 */
	static UpgradeRequest toRequest(String target) {
		int mark = target.indexOf('?');
		return (mark >= 0) ? new UpgradeRequest("GET", target.substring(0, mark), target.substring(mark + 1), List.of())
				: new UpgradeRequest("GET", target, null, List.of());
	}

	/**
	 * The target as an URI. Characters that RFC 3986 wants encoded, but that clients such
	 * as browsers send as they are, get encoded.
	 */
	static URI toUri(String target) {
		// RFC 3986 4.2: what follows two slashes would be taken for a host
		String path = target.startsWith("//") ? "/." + target : target;
		try {
			return new URI(path);
		}
		catch (URISyntaxException ex) {
			return URI.create(encode(path));
		}
	}

	private static String encode(String target) {
		StringBuilder encoded = new StringBuilder(target.length() + 16);
		for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xff);
			boolean legal = (c < 0x80 && Character.isLetterOrDigit(c)) || LEGAL.indexOf(c) >= 0;
			if (legal) {
				encoded.append(c);
			}
			else {
				encoded.append('%').append(String.format("%02X", (int) c));
			}
		}
		// A percent sign that encodes nothing is a percent sign.
		return encoded.toString().replaceAll("%(?![0-9a-fA-F]{2})", "%25");
	}

	/**
	 * The parameters of a query, decoded as a form is; what cannot be decoded stays as it
	 * is.
	 */
	static MultiValueMap<String, String> parameters(@Nullable String query) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		if (query != null) {
			for (String pair : query.split("&")) {
				int equals = pair.indexOf('=');
				String name = (equals >= 0) ? pair.substring(0, equals) : pair;
				String value = (equals >= 0) ? pair.substring(equals + 1) : "";
				if (!name.isEmpty()) {
					parameters.add(decode(name), decode(value));
				}
			}
		}
		return parameters;
	}

	private static String decode(String encoded) {
		try {
			return StringUtils.uriDecode(encoded.replace('+', ' '), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return encoded;
		}
	}

}
