package io.github.wsspring.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a bean whose methods handle the WebSocket sessions of one path. All text
 * attributes may hold <code>${...}</code> placeholders.
 *
 * @see OnHandshake
 * @see OnOpen
 * @see OnMessage
 * @see OnDrain
 * @see OnJoin
 * @see OnLeave
 * @see OnClose
 * @see OnError
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface WsEndpoint {

	/**
	 * Alias for {@link #path}.
	 * @return the path
	 */
	@AliasFor("path")
	String value() default "";

	/**
	 * The path in the syntax of {@link org.springframework.web.util.pattern.PathPattern},
	 * such as {@code /echo} or {@code /rooms/{room}}. If several match, the most specific
	 * one wins.
	 * @return the path
	 */
	@AliasFor("value")
	String path() default "";

	/**
	 * The name of the endpoint in properties, logs and metrics; unique.
	 * @return the id; by default the simple name of the class with dashes, such as
	 * {@code chat-room} for {@code ChatRoom}
	 */
	String id() default "";

	/**
	 * The subprotocols that the endpoint speaks (RFC 6455, section 1.9), the most
	 * preferred first.
	 * @return the subprotocols; by default none is agreed on
	 */
	String[] subprotocols() default {};

	/**
	 * The pages that may connect, such as {@code https://example.org} or
	 * {@code https://*.example.org}; {@code *} for all.
	 * @return the origins; by default what the server allows everywhere
	 */
	String[] allowedOrigins() default {};

	/**
	 * Where the methods are called.
	 * @return the thread
	 */
	Execution execution() default Execution.TASK;

	/**
	 * How many messages of a session are handled at a time. With more than one, messages
	 * begin in their order, but may end, and so be answered, in any; attributes of the
	 * session must be used accordingly. All other methods still have their turn alone. No
	 * more than {@code ws.inbound.max-pending} are handled at a time in any case.
	 * @return a positive number; 1 for one after the other
	 */
	int concurrency() default 1;

}
