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

	/**
	 * Whether an object has a member, itself and not in one of its values.
	 * @param object a correct JSON object
	 * @param name the name, without anything that has to be escaped
	 */
	static boolean hasMember(String object, String name) {
		String quoted = '"' + name + '"';
		if (!object.contains(quoted)) {
			return false;
		}
		int depth = 0;
		for (int i = 0; i < object.length(); i++) {
			char c = object.charAt(i);
			if (c == '"') {
				int end = endOfString(object, i);
				if (depth == 1 && object.startsWith(quoted, i) && isName(object, end)) {
					return true;
				}
				i = end - 1;
			}
			depth += (c == '{' || c == '[') ? 1 : (c == '}' || c == ']') ? -1 : 0;
		}
		return false;
	}

	private static int endOfString(String json, int start) {
		int end = start + 1;
		while (json.charAt(end) != '"') {
			end += (json.charAt(end) == '\\') ? 2 : 1;
		}
		return end + 1;
	}

	private static boolean isName(String json, int end) {
		int next = end;
		while (Character.isWhitespace(json.charAt(next))) {
			next++;
		}
		return json.charAt(next) == ':';
	}

	static boolean isEmptyObject(String object) {
		int first = 1;
		while (Character.isWhitespace(object.charAt(first))) {
			first++;
		}
		return object.charAt(first) == '}';
	}

}
