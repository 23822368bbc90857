package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A set of topics, such as {@code room:{room}}.
 *
 * @param template the text with its variables, empty for all topics
 * @param pattern what the names of the topics match
 * @param variables the names of the variables, in their order
 */
record TopicPattern(String template, Pattern pattern, List<String> variables) {

	/**
	 * Takes a template apart.
	 * @throws IllegalArgumentException if that makes no sense
	 */
	static TopicPattern parse(String template) {
		if (template.isEmpty()) {
			return new TopicPattern(template, Pattern.compile(".*", Pattern.DOTALL), List.of());
		}
		List<String> variables = new ArrayList<>();
		StringBuilder regex = new StringBuilder();
		int end = 0;
		for (int start = template.indexOf('{'); start >= 0; start = template.indexOf('{', end)) {
			regex.append(Pattern.quote(template.substring(end, start)));
			end = template.indexOf('}', start) + 1;
			if (end == 0) {
				throw new IllegalArgumentException("has a '{' without a '}'");
			}
			variables.add(checked(template.substring(start + 1, end - 1), variables));
			regex.append(group(template, end));
		}
		regex.append(Pattern.quote(template.substring(end)));
		return new TopicPattern(template, Pattern.compile(regex.toString(), Pattern.DOTALL), List.copyOf(variables));
	}

	private static String checked(String variable, List<String> others) {
		if (variable.isEmpty() || variable.contains("{")) {
			throw new IllegalArgumentException("has a variable without a name");
		}
		if (others.contains(variable)) {
			throw new IllegalArgumentException("has two variables with the name '" + variable + "'");
		}
		return variable;
	}

	/** Possessive, as clients may choose the names: a match takes linear time. */
	private static String group(String template, int end) {
		if (end == template.length()) {
			return "(.++)";
		}
		char next = template.charAt(end);
		if (next == '{') {
			throw new IllegalArgumentException("has two variables with nothing in between");
		}
		return "([^" + Pattern.quote(String.valueOf(next)) + "]++)";
	}

	/**
	 * Whether a topic is one of these.
	 * @return the topic and its variables, {@code null} if it is not
	 */
	@Nullable Match match(String topic) {
		Matcher matcher = this.pattern.matcher(topic);
		if (!matcher.matches()) {
			return null;
		}
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < this.variables.size(); i++) {
			values.put(this.variables.get(i), matcher.group(i + 1));
		}
		return new Match(topic, values);
	}

	/**
	 * A topic that matched.
	 *
	 * @param topic its name
	 * @param variables the values of the variables by their names
	 */
	record Match(String topic, Map<String, String> variables) {

	}

}
