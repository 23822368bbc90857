package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that is called when a session has room again: after a
 * {@link io.github.wsspring.server.SendResult#BACKPRESSURE} no more than a quarter of its
 * outbound queue is in use.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnDrain {

}
