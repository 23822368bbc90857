package io.github.wsspring.endpoint;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The name of a topic with path variables and the user's name in it, such as
 * {@code room:{room}}. As these do not change, neither does the topic of a session.
 *
 * @param template the text with its placeholders, for messages
 * @param parts text and placeholders in turn, beginning with text
 */
record TopicName(String template, List<String> parts) implements RequestFact {

	private static final String USER = "user";

	/**
	 * Takes a name apart.
	 * @throws IllegalArgumentException if a placeholder is unknown or not closed
	 */
	static TopicName parse(String template, Set<String> pathVariables) {
		List<String> parts = new ArrayList<>();
		int end = 0;
		for (int start = template.indexOf('{'); start >= 0; start = template.indexOf('{', end)) {
			parts.add(template.substring(end, start));
			end = template.indexOf('}', start) + 1;
			if (end == 0) {
				throw new IllegalArgumentException("has a '{' without a '}'");
			}
			parts.add(checked(template.substring(start + 1, end - 1), pathVariables));
		}
		parts.add(template.substring(end));
		return new TopicName(template, List.copyOf(parts));
	}

	private static String checked(String placeholder, Set<String> pathVariables) {
		if (placeholder.equals(USER) && pathVariables.contains(USER)) {
			// A client could choose whom it is taken for.
			throw new IllegalArgumentException(
					"uses {user}, which could be the path variable or the name of the principal; rename the path variable");
		}
		if (!placeholder.equals(USER) && !pathVariables.contains(placeholder)) {
			throw new IllegalArgumentException(
					"uses {" + placeholder + "}, which is neither {user} nor one of the path variables " + pathVariables
							+ "; {payload.name} and {session.name} are what messages and attributes say");
		}
		return placeholder;
	}

	@Override
	public Object in(HandshakeRequest request) {
		StringBuilder name = new StringBuilder(this.parts.get(0));
		for (int i = 1; i < this.parts.size(); i += 2) {
			name.append(valueOf(this.parts.get(i), request)).append(this.parts.get(i + 1));
		}
		return name.toString();
	}

	private String valueOf(String placeholder, HandshakeRequest request) {
		String pathVariable = request.pathVariables().get(placeholder);
		if (pathVariable != null) {
			return pathVariable;
		}
		Principal principal = request.principal();
		if (principal == null) {
			throw new UnknownUserException("This endpoint needs to know its user");
		}
		return principal.getName();
	}

}
