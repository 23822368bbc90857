package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is called when a session of the endpoint has left a topic, be it
 * that it ended: then before the {@link OnClose} method. It is called once for each topic
 * that {@link OnJoin} methods were told of, and in the same way.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnLeave {

	/**
	 * Which topics, as at {@link OnJoin#value()}.
	 * @return the pattern; by default all topics
	 */
	String value() default "";

}
