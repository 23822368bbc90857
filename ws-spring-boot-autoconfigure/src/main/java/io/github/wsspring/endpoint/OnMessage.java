package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that takes messages of the kind that its payload parameter asks for:
 * text ({@code String}, or any other type for JSON) or binary ({@code byte[]},
 * {@link java.nio.ByteBuffer}). What it returns is sent back, unless {@link Broadcast}
 * says otherwise.
 * <p>
 * An endpoint has at most one such method for text, one for binary and one for each
 * {@link #value type}. A method for a type may do without a payload parameter; a
 * {@code String} parameter gets the whole JSON text.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnMessage {

	/**
	 * The value of the field {@code type} of the JSON objects to take; the name of the
	 * field can be configured.
	 * @return the type; by default the method takes what no other method takes
	 */
	String value() default "";

}
