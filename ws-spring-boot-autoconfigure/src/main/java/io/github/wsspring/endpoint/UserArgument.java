package io.github.wsspring.endpoint;

import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Fills a parameter with something about the user, whom anonymous clients do not have.
 */
final class UserArgument {

	private UserArgument() {
	}

	/**
	 * What fills a parameter.
	 * @param parameter the parameter: if it is neither nullable nor an {@code Optional},
	 * anonymous clients get an error instead of what they want to have done
	 * @param user finds what is asked for
	 */
	static ArgumentBinder of(HandlerParameter parameter, Function<Caller, @Nullable Object> user) {
		if (parameter.type() == Optional.class) {
			return (caller, subject) -> Optional.ofNullable(user.apply(caller));
		}
		if (parameter.isOptional() || !parameter.phase().isClientsWish()) {
			return (caller, subject) -> user.apply(caller);
		}
		return (caller, subject) -> {
			Object value = user.apply(caller);
			if (value == null && caller.session().identity() == null) {
				throw new UnknownUserException("This is for known users only");
			}
			return value;
		};
	}

}
