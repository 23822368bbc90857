package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.wsspring.endpoint.InvalidMessageException.Field;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Checks payloads whose parameters ask for it with {@code @Valid} or {@code @Validated}.
 *
 * @param validator what checks them, {@code null} if there is none
 */
record PayloadValidation(@Nullable Validator validator) {

	/**
	 * Finds out at start-up whether a payload is to be checked.
	 * @param argument what finds the argument
	 * @param parameter the parameter
	 * @param isPayload whether the argument is a payload
	 * @return what finds the argument and checks it, if that is wanted
	 * @throws InvalidEndpointException if it is wanted, but impossible
	 */
	ArgumentBinder around(ArgumentBinder argument, HandlerParameter parameter, boolean isPayload) {
		Object @Nullable [] hints = hints(parameter);
		if (hints == null) {
			return argument;
		}
		Class<?> type = parameter.type();
		if (!isPayload || Map.class.isAssignableFrom(type) || type == Optional.class || type.isPrimitive()
				|| type == String.class || MessageReceiverFactory.isStream(type)) {
			throw parameter.invalid("is to be validated, but only payloads that are objects, or lists of them, are.",
					"Remove the annotation, or make it a record with constraints on its components.");
		}
		Validator validator = this.validator;
		if (validator == null || !validator.supports(type)) {
			throw parameter.invalid("is to be validated, but there is no validator for it.",
					"Add the dependency spring-boot-starter-validation, or a Validator bean that supports "
							+ type.getSimpleName() + ".");
		}
		return (caller, subject) -> {
			Object payload = Objects.requireNonNull(argument.bind(caller, subject));
			check(validator, payload, hints);
			return payload;
		};
	}

	private static Object @Nullable [] hints(HandlerParameter parameter) {
		for (Annotation annotation : parameter.parameter().getParameterAnnotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				return hints;
			}
		}
		return null;
	}

	private static void check(Validator validator, Object payload, Object[] hints) {
		List<Field> faults = new ArrayList<>();
		Collection<?> elements = (payload instanceof Collection<?> collection) ? collection
				: (payload instanceof Object[] array) ? Arrays.asList(array) : null;
		if (elements == null) {
			collect(validator, payload, "", hints, faults);
		}
		else {
			int index = 0;
			for (Object element : elements) {
				if (element != null) {
					collect(validator, element, "[" + index + "]", hints, faults);
				}
				index++;
			}
		}
		if (!faults.isEmpty()) {
			throw new InvalidMessageException(InvalidMessageException.NOT_VALID, "The message is not valid", faults);
		}
	}

	private static void collect(Validator validator, Object object, String path, Object[] hints, List<Field> faults) {
		BeanPropertyBindingResult errors = new BeanPropertyBindingResult(object, "message");
		if (validator instanceof SmartValidator smart) {
			smart.validate(object, errors, hints);
		}
		else {
			validator.validate(object, errors);
		}
		for (ObjectError error : errors.getAllErrors()) {
			// Never the rejected value: it may be a password.
			String message = error.getDefaultMessage();
			faults.add(new Field(join(path, (error instanceof FieldError field) ? field.getField() : ""),
					(message != null) ? message : "is not valid"));
		}
	}

	private static String join(String path, String field) {
		return (path.isEmpty() || field.isEmpty()) ? path + field : path + "." + field;
	}

}
