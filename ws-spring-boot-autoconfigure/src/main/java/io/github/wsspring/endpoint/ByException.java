package io.github.wsspring.endpoint;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds what is meant for an exception: at the first level that has something for it,
 * that for the most specific type.
 *
 * @param <T> what is found
 * @param levels what there is for which types: the endpoint's own, then that of each
 * advice
 */
record ByException<T>(List<Map<Class<?>, T>> levels) {

	@Nullable T find(Throwable failure) {
		for (Map<Class<?>, T> level : this.levels) {
			T found = find(failure, level);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static <T> @Nullable T find(Throwable failure, Map<Class<?>, T> level) {
		if (failure instanceof InvalidMessageException) {
			// Methods for any exception are not meant for the client's faults, and the
			// client is always told.
			return level.get(InvalidMessageException.class);
		}
		for (Class<?> type = failure.getClass(); type != Object.class; type = type.getSuperclass()) {
			T found = level.get(type);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
