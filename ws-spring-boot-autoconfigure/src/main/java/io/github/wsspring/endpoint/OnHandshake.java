package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that decides about an upgrade request before the 101 goes out.
 * <p>
 * It may take a {@link HandshakeRequest}, a {@link HandshakeResponse}, the principal and
 * parts of the request. It refuses by {@link HandshakeResponse#reject}, by returning
 * {@code false} (403) or an {@link org.springframework.http.HttpStatusCode} of 300 or
 * more, or by throwing an {@link org.springframework.web.ErrorResponse} such as
 * {@link org.springframework.web.server.ResponseStatusException}, or an exception with
 * {@link org.springframework.web.bind.annotation.ResponseStatus @ResponseStatus} on its
 * class. Any other exception is a 500. {@link OnError} methods are asked if they have a
 * {@link HandshakeResponse} parameter.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnHandshake {

}
