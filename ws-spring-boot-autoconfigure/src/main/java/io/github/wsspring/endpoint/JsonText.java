package io.github.wsspring.endpoint;

/**
 * The little JSON (RFC 8259) that has to be written without a library.
 */
final class JsonText {

	private JsonText() {
	}

	static StringBuilder quote(String value, StringBuilder json) {
		json.append('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			// RFC 8259 7: quotation mark, reverse solidus and control characters MUST be
			// escaped; lone surrogates would not survive UTF-8
			if (c == '"' || c == '\\') {
				json.append('\\').append(c);
			}
			else if (c < 0x20 || Character.isSurrogate(c)) {
				json.append(String.format("\\u%04x", (int) c));
			}
			else {
				json.append(c);
			}
		}
		return json.append('"');
	}

	static boolean isEmptyObject(String object) {
		int first = 1;
		while (Character.isWhitespace(object.charAt(first))) {
			first++;
		}
		return object.charAt(first) == '}';
	}

}
