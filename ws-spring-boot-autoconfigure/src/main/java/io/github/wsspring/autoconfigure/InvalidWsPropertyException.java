package io.github.wsspring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A {@code ws.*} property has a value that cannot work.
 * <p>
 * The message never holds a token: whoever throws this names the key of a secret but not
 * its value.
 */
public class InvalidWsPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String[] keys;

	private final @Nullable String action;

	InvalidWsPropertyException(List<String> keys, String description, @Nullable String action) {
		super(description);
		this.keys = keys.toArray(String[]::new);
		this.action = action;
	}

	/**
	 * Says which keys the values came from that the options of the floors below refused.
	 * @param refusal what the options said
	 * @param values the values by their keys
	 * @return what to throw instead
	 */
	static InvalidWsPropertyException of(IllegalArgumentException refusal, Map<String, ?> values) {
		Map<String, ?> sorted = new TreeMap<>(values);
		StringBuilder description = new StringBuilder(String.valueOf(refusal.getMessage())).append(":");
		sorted.forEach((key, value) -> description.append("%n    %s = %s".formatted(key, value)));
		return new InvalidWsPropertyException(List.copyOf(sorted.keySet()), description.toString(), null);
	}

	/**
	 * The keys that could be changed, the most likely first.
	 * @return full names
	 */
	public List<String> getKeys() {
		return List.of(this.keys);
	}

	/**
	 * What is wrong, with keys and values.
	 * @return sentences for a developer
	 */
	public String getDescription() {
		return String.valueOf(getMessage());
	}

	/**
	 * What to do about it.
	 * @return sentences for a developer
	 */
	public String getAction() {
		return getAction(getKeys());
	}

	/**
	 * What to do about it, if only some of the keys were set.
	 * @param setKeys the keys that do not have their default
	 * @return sentences for a developer
	 */
	String getAction(List<String> setKeys) {
		return (this.action != null) ? this.action : "Change " + String.join(" or ", setKeys) + ".";
	}

}
