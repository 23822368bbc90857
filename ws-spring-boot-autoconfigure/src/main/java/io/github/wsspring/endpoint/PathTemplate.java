package io.github.wsspring.endpoint;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A path pattern's variables, and what is left of it without their names.
 *
 * @param variables the names of the variables, in their order
 * @param shape the pattern without the names: patterns of the same shape match the same
 * paths
 */
record PathTemplate(Set<String> variables, String shape) {

	/**
	 * Takes a pattern apart.
	 * @param pattern a pattern that {@code PathPatternParser} has accepted
	 */
	static PathTemplate parse(String pattern) {
		Set<String> variables = new LinkedHashSet<>();
		StringBuilder shape = new StringBuilder();
		StringBuilder name = null;
		int depth = 0;
		for (int i = 0; i < pattern.length(); i++) {
			char c = pattern.charAt(i);
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
			if (c == '{' && depth == 1) {
				name = new StringBuilder();
			}
			else if (name != null && c != '*') {
				if (c == ':' || c == '}') {
					variables.add(name.toString());
					name = null;
				}
				else {
					name.append(c);
					continue;
				}
			}
			shape.append(c);
		}
		return new PathTemplate(variables, shape.toString());
	}

}
