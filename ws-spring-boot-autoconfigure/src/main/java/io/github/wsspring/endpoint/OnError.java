package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is called when another method of the endpoint failed on a session.
 * The method with the most specific exception type wins. What it returns is treated like
 * the return value of any other method, and the session goes on.
 * <p>
 * If the endpoint has no such method, those of {@link WsAdvice} beans are asked. Without
 * any, an exception that carries an HTTP status (an
 * {@link org.springframework.web.ErrorResponse}, or
 * {@link org.springframework.web.bind.annotation.ResponseStatus @ResponseStatus} on its
 * class) is answered with an error message, and the session goes on unless it was just
 * being opened; after any other the failure is logged and the session ends with 1011,
 * unless {@code ws.messages.on-error} says otherwise. A message that cannot be read is
 * the client's fault and is answered with an error message; only a method that names
 * {@link InvalidMessageException} itself is asked instead.
 * <p>
 * The answer to a request is of the type {@code error} then, whatever the method returns.
 * <p>
 * A method with a {@link HandshakeResponse} parameter is for {@link OnHandshake} methods
 * that failed, and only for these. It refuses the request by that response or by
 * returning an {@link org.springframework.http.HttpStatusCode}; if it does not, the
 * exception decides.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnError {

	/**
	 * The exceptions to handle.
	 * @return the types; by default the type of the method's exception parameter, or
	 * every exception if it has none
	 */
	Class<? extends Throwable>[] value() default {};

}
