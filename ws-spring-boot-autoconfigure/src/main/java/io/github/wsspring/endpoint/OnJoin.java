package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is called when a session of the endpoint joins a topic.
 *
 * <pre>{@code
 * &#64;OnJoin("room:{room}")
 * boolean mayJoin(@PathVariable long room, Principal user) { ... }
 *
 * &#64;OnJoin("room:{room}")
 * void joined(WsSession session, @PathVariable long room) { ... }
 * }</pre>
 *
 * A method that returns {@code boolean} decides: it is called by {@link WsSession#join}
 * itself, on whatever thread that is called, before the session is a member;
 * {@code false} refuses, and an exception goes to the caller. Any other method is told
 * afterwards, like of a message: one at a time, on the endpoint's executor, after what
 * arrived before. It is not told of a session that has left again by then.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnJoin {

	/**
	 * Which topics: text with variables, such as {@code room:{room}}. A variable stands
	 * for at least one character, up to the character that follows it here; the method
	 * takes it with {@code @PathVariable}, and the whole name as {@code String}. May hold
	 * <code>${...}</code> placeholders.
	 * @return the pattern; by default all topics
	 */
	String value() default "";

}
