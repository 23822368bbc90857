package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * What an optional library adds to the calls of handler methods. Implemented on this
 * floor only.
 */
public interface HandlerExtension {

	/** Adds nothing. */
	HandlerExtension NONE = new HandlerExtension() {
	};

	/**
	 * Finds what can fill a parameter.
	 * @param parameter the parameter
	 * @return what fills it, {@code null} to leave that to others
	 */
	default @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		return null;
	}

	/**
	 * Whether {@link #enter} and {@link #leave} do anything.
	 * @return {@code false} to save the calls
	 */
	default boolean surroundsCalls() {
		return false;
	}

	/**
	 * A method is about to be called on this thread.
	 * @param caller who it is called for
	 * @return what was there before, for {@link #leave}: calls may be within calls
	 */
	default @Nullable Object enter(Caller caller) {
		return null;
	}

	/**
	 * The method has returned, or failed.
	 * @param before what {@link #enter} returned
	 */
	default void leave(@Nullable Object before) {
	}

	/**
	 * What an exception of the library means.
	 * @param failure the exception
	 * @param caller who it was thrown for
	 * @return the status, {@code null} if it means nothing
	 */
	default @Nullable HttpStatus statusOf(Throwable failure, Caller caller) {
		return null;
	}

}
