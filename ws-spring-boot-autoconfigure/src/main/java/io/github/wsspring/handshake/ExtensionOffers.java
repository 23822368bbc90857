package io.github.wsspring.handshake;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1).
 *
 * <pre>
 * extension-list  = 1#extension
 * extension       = token *( ";" extension-param )
 * extension-param = token [ "=" ( token | quoted-string ) ]
 * </pre>
 */
final class ExtensionOffers {

	private final String text;

	private int at;

	private ExtensionOffers(String text) {
		this.text = text;
	}

	/**
	 * Reads the offers of a request.
	 * @param request the request
	 * @return the offers, the most preferred first; {@code null} if they are malformed
	 */
	static @Nullable List<Offer> of(UpgradeRequest request) {
		List<Offer> offers = new ArrayList<>(1);
		for (String header : request.headers("Sec-WebSocket-Extensions")) {
			if (!new ExtensionOffers(header).read(offers)) {
				return null;
			}
		}
		return offers;
	}

	private boolean read(List<Offer> offers) {
		do {
			skipBlanks();
			if (this.at == this.text.length() || peek() == ',') {
				// RFC 9110 5.6.1.2: empty elements are to be ignored
				continue;
			}
			Offer offer = readOffer();
			if (offer == null) {
				return false;
			}
			offers.add(offer);
		}
		while (skip(','));
		return this.at == this.text.length();
	}

	private @Nullable Offer readOffer() {
		String name = readToken();
		List<Parameter> parameters = new ArrayList<>(2);
		while (name != null && skip(';')) {
			skipBlanks();
			String parameter = readToken();
			if (parameter == null) {
				return null;
			}
			String value = null;
			if (skip('=')) {
				skipBlanks();
				value = (this.at < this.text.length() && peek() == '"') ? readQuoted() : readToken();
				if (value == null) {
					return null;
				}
			}
			parameters.add(new Parameter(parameter, value));
		}
		return (name != null) ? new Offer(name, parameters) : null;
	}

	private @Nullable String readToken() {
		int from = this.at;
		while (this.at < this.text.length() && HttpSyntax.isTokenChar(peek())) {
			this.at++;
		}
		return (this.at > from) ? this.text.substring(from, this.at) : null;
	}

	/** RFC 6455 9.1: what is inside of the quotes "MUST conform to the 'token' ABNF". */
	private @Nullable String readQuoted() {
		StringBuilder value = new StringBuilder();
		this.at++;
		while (this.at < this.text.length() && peek() != '"') {
			if (peek() == '\\') {
				this.at++;
			}
			if (this.at < this.text.length()) {
				value.append(this.text.charAt(this.at++));
			}
		}
		return (skip('"') && HttpSyntax.isToken(value.toString())) ? value.toString() : null;
	}

	private char peek() {
		return this.text.charAt(this.at);
	}

	private boolean skip(char expected) {
		skipBlanks();
		if (this.at < this.text.length() && peek() == expected) {
			this.at++;
			return true;
		}
		return false;
	}

	private void skipBlanks() {
		while (this.at < this.text.length() && (peek() == ' ' || peek() == '\t')) {
			this.at++;
		}
	}

	/**
	 * One extension that the client could use.
	 *
	 * @param name its name
	 * @param parameters its parameters in their order
	 */
	record Offer(String name, List<Parameter> parameters) {

		Offer {
			parameters = List.copyOf(parameters);
		}

	}

	/**
	 * A parameter of an extension.
	 *
	 * @param name its name
	 * @param value its value, {@code null} if it has none
	 */
	record Parameter(String name, @Nullable String value) {

	}

}
