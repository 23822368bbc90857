package io.github.wsspring.endpoint;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.wsspring.endpoint.InvalidMessageException.Field;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What a client is told when something went wrong; never more than it may know.
 *
 * @param error a word for programs
 * @param detail a sentence for developers
 * @param fields what is wrong with single members of its message
 * @param more further members, which are text, numbers or what the application says
 */
record ErrorMessage(String error, @Nullable String detail, List<Field> fields, Map<String, Object> more) {

	/** Nothing that the client could know more about. */
	static final ErrorMessage FAILED = new ErrorMessage("failed", "The message could not be handled", List.of(),
			Map.of());

	private static final URI BLANK = URI.create("about:blank");

	static ErrorMessage of(InvalidMessageException fault) {
		return new ErrorMessage(fault.getError(), fault.getDetail(), fault.getFields(), Map.of());
	}

	/**
	 * A problem (RFC 9457) as an error message. Its {@code type} is called
	 * {@code problem} here, as the type of the message is {@code error}.
	 */
	static ErrorMessage of(ProblemDetail problem) {
		Map<String, Object> more = new LinkedHashMap<>();
		more.put("status", problem.getStatus());
		putIfPresent(more, "title", problem.getTitle());
		URI type = problem.getType();
		putIfPresent(more, "problem", (type != null && !type.equals(BLANK)) ? type.toString() : null);
		putIfPresent(more, "instance", problem.getInstance());
		Map<String, Object> properties = problem.getProperties();
		if (properties != null) {
			properties.forEach((name, value) -> putIfPresent(more, name, value));
		}
		more.remove("error");
		more.remove("detail");
		return new ErrorMessage(word(problem.getStatus()), problem.getDetail(), List.of(), more);
	}

	private static void putIfPresent(Map<String, Object> more, String name, @Nullable Object value) {
		if (value instanceof URI uri) {
			more.putIfAbsent(name, uri.toString());
		}
		else if (value != null) {
			more.putIfAbsent(name, value);
		}
	}

	/** Such as {@code not-found} for 404. */
	private static String word(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		return (known != null) ? known.name().toLowerCase(Locale.ROOT).replace('_', '-') : "status-" + status;
	}

}
