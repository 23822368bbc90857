package io.github.wsspring.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A path variable, parameter, header or cookie, converted to the type of the parameter it
 * is for.
 *
 * @param source where it is
 * @param name its name there
 * @param required whether a request without it is refused
 * @param defaultValue what it is if it is missing or empty, {@code null} for nothing
 * @param type what it is converted to
 * @param conversion what converts it
 */
record RequestValue(Source source, String name, boolean required, @Nullable String defaultValue, TypeDescriptor type,
		ConversionService conversion) implements RequestFact {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private static final TypeDescriptor STRINGS = TypeDescriptor.collection(List.class, STRING);

	@Override
	public @Nullable Object in(HandshakeRequest request) {
		List<String> values = this.source.find(request, this.name);
		if (values.isEmpty() && this.required) {
			throw refused("is missing");
		}
		try {
			return convert(values);
		}
		catch (ConversionException ex) {
			throw refused("cannot be read as " + this.type.getType().getSimpleName());
		}
	}

	private @Nullable Object convert(List<String> values) {
		if (this.defaultValue != null && (values.isEmpty() || (values.size() == 1 && values.get(0).isEmpty()))) {
			return this.conversion.convert(this.defaultValue, STRING, this.type);
		}
		return switch (values.size()) {
			case 0 -> this.conversion.convert(null, STRING, this.type);
			case 1 -> this.conversion.convert(values.get(0), STRING, this.type);
			default -> this.conversion.convert(values, STRINGS, this.type);
		};
	}

	private ResponseStatusException refused(String why) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, "The " + this + " " + why);
	}

	/**
	 * Whether there is a way from text to the type.
	 */
	boolean isConvertible() {
		return this.conversion.canConvert(STRING, this.type);
	}

	/**
	 * Whether the default value, if there is one, fits the type.
	 */
	boolean hasGoodDefault() {
		try {
			convert(List.of(""));
			return true;
		}
		catch (ConversionException ex) {
			return this.defaultValue == null;
		}
	}

	@Override
	public String toString() {
		return this.source + " '" + this.name + "'";
	}

	/**
	 * Where values are found.
	 */
	enum Source {

		PATH("path variable") {
			@Override
			List<String> find(HandshakeRequest request, String name) {
				return listOf(request.pathVariables().get(name));
			}
		},

		QUERY("query parameter") {
			@Override
			List<String> find(HandshakeRequest request, String name) {
				return request.queryParameters().getOrDefault(name, List.of());
			}
		},

		HEADER("header") {
			@Override
			List<String> find(HandshakeRequest request, String name) {
				return request.headers().getOrEmpty(name);
			}
		},

		COOKIE("cookie") {
			@Override
			List<String> find(HandshakeRequest request, String name) {
				return listOf(request.cookies().get(name));
			}
		};

		private final String description;

		Source(String description) {
			this.description = description;
		}

		abstract List<String> find(HandshakeRequest request, String name);

		private static List<String> listOf(@Nullable String value) {
			return (value != null) ? List.of(value) : List.of();
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

}
