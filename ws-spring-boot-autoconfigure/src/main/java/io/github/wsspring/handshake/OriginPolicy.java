package io.github.wsspring.handshake;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which pages may connect (RFC 6455, section 10.2). A request without {@code Origin} does
 * not come from a page and is always allowed.
 */
public sealed interface OriginPolicy {

	/** Every page may connect. */
	OriginPolicy ANY = new Any();

	/**
	 * Pages from the host that the request was sent to may connect, whatever their scheme
	 * and port.
	 */
	OriginPolicy SAME_HOST = new SameHost();

	/**
	 * Whether a request may go on.
	 * @param request the request
	 * @return {@code false} if it comes from a page that may not connect
	 */
	boolean allows(UpgradeRequest request);

	/**
	 * Pages with one of these origins may connect.
	 * @param origins origins such as {@code https://example.org} or
	 * {@code http://localhost:8080}, or patterns such as {@code https://*.example.org}
	 * @return the policy
	 * @throws IllegalArgumentException if an origin has no scheme or no host, or has a
	 * path
	 */
	static OriginPolicy listed(Iterable<String> origins) {
		Set<String> listed = new LinkedHashSet<>();
		for (String origin : origins) {
			listed.add(Listed.normalize(origin));
		}
		return new Listed(listed);
	}

	/** See {@link OriginPolicy#ANY}. */
	record Any() implements OriginPolicy {

		@Override
		public boolean allows(UpgradeRequest request) {
			return true;
		}

		@Override
		public String toString() {
			return "any";
		}

	}

	/** See {@link OriginPolicy#SAME_HOST}. */
	record SameHost() implements OriginPolicy {

		private static final Pattern ORIGIN = Pattern
			.compile("[A-Za-z][0-9A-Za-z+.-]*://(" + HttpSyntax.HOST + ")(?::[0-9]*)?");

		@Override
		public boolean allows(UpgradeRequest request) {
			List<String> origins = request.headers("Origin");
			if (origins.isEmpty()) {
				return true;
			}
			String host = request.header("Host");
			String originHost = hostOf(origins.get(0));
			return origins.size() == 1 && host != null && originHost != null
					&& originHost.equals(hostOf("http://" + host));
		}

		private static @Nullable String hostOf(String origin) {
			Matcher matcher = ORIGIN.matcher(origin);
			return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
		}

		@Override
		public String toString() {
			return "same-host";
		}

	}

	/**
	 * See {@link OriginPolicy#listed}.
	 *
	 * @param origins the origins, normalized
	 */
	record Listed(Set<String> origins) implements OriginPolicy {

		private static final Pattern ORIGIN = Pattern
			.compile("[a-z][0-9a-z+.-]*://(?:\\*\\.)?" + HttpSyntax.HOST + "(?::[0-9]+)?");

		public Listed {
			origins = Set.copyOf(origins);
		}

		@Override
		public boolean allows(UpgradeRequest request) {
			List<String> sent = request.headers("Origin");
			return sent.isEmpty() || (sent.size() == 1 && matches(sent.get(0).toLowerCase(Locale.ROOT)));
		}

		@Override
		public String toString() {
			return "list " + new TreeSet<>(this.origins);
		}

		private boolean matches(String origin) {
			if (this.origins.contains(origin)) {
				return true;
			}
			for (String pattern : this.origins) {
				int star = pattern.indexOf("://*.");
				if (star >= 0 && origin.startsWith(pattern.substring(0, star + 3))
						&& origin.endsWith(pattern.substring(star + 4)) && origin.length() > pattern.length() - 1) {
					return true;
				}
			}
			return false;
		}

		static String normalize(String origin) {
			String lower = origin.strip().toLowerCase(Locale.ROOT);
			if (!ORIGIN.matcher(lower).matches()) {
				throw new IllegalArgumentException("'" + origin
						+ "' is not an origin; write scheme, host and port as in https://example.org, http://localhost:8080 or https://*.example.org");
			}
			return withoutDefaultPort(lower);
		}

		/** Browsers do not send it (RFC 6454, section 6.1). */
		private static String withoutDefaultPort(String origin) {
			boolean secure = origin.startsWith("https:") && origin.endsWith(":443");
			boolean plain = origin.startsWith("http:") && origin.endsWith(":80");
			return (secure || plain) ? origin.substring(0, origin.lastIndexOf(':')) : origin;
		}

	}

}
