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
 * Without such a method the failure is logged and the session ends with 1011. A message
 * that cannot be read is the client's fault and is answered with an error message; only a
 * method that names {@link InvalidMessageException} itself is asked instead.
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
