package io.github.wsspring.handshake;

/**
 * Which characters may stand where in an HTTP head (RFC 9110 and RFC 9112).
 */
final class HttpSyntax {

	/** A pattern for a host: a name, an IPv4 address or an IPv6 address in brackets. */
	static final String HOST = "(?:\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z._~%-]+)";

	private static final boolean[] TOKEN = new boolean[128];

	static {
		for (char c = '0'; c <= '9'; c++) {
			TOKEN[c] = true;
		}
		for (char c = 'a'; c <= 'z'; c++) {
			TOKEN[c] = true;
			TOKEN[Character.toUpperCase(c)] = true;
		}
		for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
			TOKEN[c] = true;
		}
	}

	private HttpSyntax() {
	}

	/** RFC 9110 5.6.2: tchar. */
	static boolean isTokenChar(int c) {
		return c >= 0 && c < 128 && TOKEN[c];
	}

	static boolean isToken(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (!isTokenChar(value.charAt(i))) {
				return false;
			}
		}
		return !value.isEmpty();
	}

	/** RFC 9110 5.5: VCHAR, obs-text, SP and HTAB. */
	static boolean isFieldChar(int c) {
		return (c >= 0x20 && c <= 0xff && c != 0x7f) || c == '\t';
	}

	static boolean isFieldValue(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (!isFieldChar(value.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What of a string can be shown in a log; other characters become '?'.
	 */
	static String printable(String value) {
		return printable(value, 100);
	}

	/**
	 * The beginning of a string as visible ASCII; other characters become '?'.
	 */
	static String printable(String value, int maxLength) {
		int length = Math.min(value.length(), maxLength);
		StringBuilder printable = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			char c = value.charAt(i);
			printable.append((c >= 0x20 && c < 0x7f) ? c : '?');
		}
		return printable.toString();
	}

}
