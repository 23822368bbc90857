package io.github.wsspring.endpoint;

import java.util.Map;
import java.util.TreeSet;

import io.github.wsspring.endpoint.TypeDispatcher.Target;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of an endpoint's messages by their types.
 *
 * @param byType who takes which type
 * @param fallback who takes all others, {@code null} for nobody
 * @param fields where a message says its type
 */
record TypeTargets(Map<String, Target> byType, @Nullable Target fallback, MessageFields fields) {

	TypeTargets {
		byType = Map.copyOf(byType);
	}

	boolean haveTypes() {
		return !this.byType.isEmpty();
	}

	/**
	 * Who takes a type.
	 * @throws InvalidMessageException if nobody does
	 */
	Target find(@Nullable String type) {
		Target target = (type != null) ? this.byType.get(type) : null;
		if (target == null) {
			target = this.fallback;
		}
		if (target == null) {
			throw withTypes(InvalidMessageException.UNKNOWN_TYPE,
					(type != null) ? "Nobody handles the type '" + abbreviate(type) + "'"
							: "The message has no text member '" + this.fields.type() + "'");
		}
		return target;
	}

	InvalidMessageException withTypes(String error, String detail) {
		return new InvalidMessageException(error,
				detail + "; known types: " + String.join(", ", new TreeSet<>(this.byType.keySet())));
	}

	private static String abbreviate(String type) {
		return (type.length() > 64) ? type.substring(0, 64) + "..." : type;
	}

}
