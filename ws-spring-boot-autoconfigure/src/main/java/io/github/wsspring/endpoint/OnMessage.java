package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that takes messages of the kind that its payload parameter asks for:
 * text ({@code String}, or any other type for JSON) or binary ({@code byte[]},
 * {@link java.nio.ByteBuffer}, or what a {@link WsMessageConverter} supports). What it
 * returns is sent back, unless {@link Broadcast} says otherwise.
 * <p>
 * An endpoint has at most one such method for text, one for binary and one for each
 * {@link #value type}. A method for a type may do without a payload parameter; a
 * {@code String} parameter gets the whole JSON text. A sealed type stands for one type
 * for each class that it permits: {@code say} for {@code Say}, {@code leave-room} for
 * {@code LeaveRoom}, or what its {@code @JsonTypeName} says.
 * <p>
 * Large messages can be read while they arrive: an {@link java.io.InputStream} gets the
 * next binary message, a {@link java.io.Reader} the next text. The method is called when
 * the first bytes are there. Reading blocks until more have arrived, and throws an
 * {@link java.io.IOException} if the session ends before the message is complete; at most
 * some 64 KB wait to be read, then the server stops reading from the client. The stream
 * ends with the method, or with the {@code CompletionStage} or {@code Mono} that it
 * returns, and what was not read is skipped. How long a message may be is still up to
 * {@code ws.inbound.max-message-size}, at most 2047 MB. A slow client holds the thread:
 * think of virtual threads.
 * <p>
 * If an endpoint has methods for types, a text or integer member {@code id} makes a
 * message a request: what the method returns goes back as
 * <code>{"type":"reply","id":...}</code> with the members of the returned object, or with
 * the member {@code data} for what is no object, has no members, or has such members of
 * its own. A method that returns nothing, or to a {@link Broadcast}, is acknowledged
 * without either. An error is answered as <code>{"type":"error","id":...}</code>.
 * <p>
 * A {@code Mono} or {@link java.util.concurrent.CompletionStage} is a value that the
 * session's next message waits for. A {@code Flux}, {@code Publisher},
 * {@link java.util.concurrent.Flow.Publisher} or {@link java.util.stream.Stream} is many
 * messages, among which those that follow are handled. All the values that go back to a
 * request carry its id, and an acknowledgement or an error with the id ends them.
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
