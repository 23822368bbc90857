package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Marks a bean whose {@link OnError} methods serve all endpoints. They are asked when no
 * method of the endpoint takes the exception, bean by bean in the order of
 * {@link org.springframework.core.annotation.Order @Order}; within a bean the most
 * specific type wins.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface WsAdvice {

}
