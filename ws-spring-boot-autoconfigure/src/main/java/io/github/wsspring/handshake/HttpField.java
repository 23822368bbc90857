package io.github.wsspring.handshake;

/**
 * One header field that is safe to write: no CR, no LF, no other control characters.
 *
 * @param name the name, a token of RFC 9110, section 5.6.2
 * @param value the value, visible ASCII, Latin-1, space and tab
 */
public record HttpField(String name, String value) {

	/**
	 * Checks name and value.
	 * @throws IllegalArgumentException if one of them holds a character that HTTP forbids
	 * there
	 */
	public HttpField {
		if (!HttpSyntax.isToken(name)) {
			throw new IllegalArgumentException("'" + HttpSyntax.printable(name)
					+ "' is not a header name; use letters, digits and !#$%&'*+-.^_`|~ only (RFC 9110, section 5.6.2)");
		}
		if (!HttpSyntax.isFieldValue(value)) {
			throw new IllegalArgumentException(
					"The value of the header " + name + " holds a control character or one beyond Latin-1: '"
							+ HttpSyntax.printable(value) + "'; remove it or percent-encode it");
		}
	}

}
