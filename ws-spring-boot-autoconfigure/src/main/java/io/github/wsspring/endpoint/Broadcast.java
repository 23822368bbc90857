package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that the return value of a handler method goes to a topic instead of the sender.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Broadcast {

	/**
	 * The topic. {@code {name}} stands for a path variable of the endpoint and
	 * {@code {user}} for the name of the session's principal: then anonymous clients are
	 * refused with 401. <code>${...}</code> is resolved at start-up.
	 * <p>
	 * {@code {payload.name}} stands for what the message says, with more dots for what is
	 * in it: a component of a record, a property of a bean, an entry of a map. The client
	 * chooses that, so check whether it may. Without a value the client gets an error and
	 * the method is not called. {@code {session.name}} stands for one of the
	 * {@linkplain WsSession#attributes() attributes} when the method has returned;
	 * without a value the client gets the error {@code no-topic}.
	 * @return the name of the topic
	 */
	String to();

	/**
	 * The type that the receivers see: a JSON object gets it as its first member, as in
	 * <code>{"type":"said","text":"hi"}</code>; any other value is wrapped, as in
	 * <code>{"type":"said","data":"hi"}</code>.
	 * @return the type; by default the value is sent as it is
	 */
	String type() default "";

	/**
	 * Whether the session whose message was handled is left out.
	 * @return {@code true} to leave it out
	 */
	boolean exceptSender() default false;

}
