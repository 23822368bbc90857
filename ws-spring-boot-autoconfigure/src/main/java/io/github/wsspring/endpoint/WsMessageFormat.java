package io.github.wsspring.endpoint;

import java.io.IOException;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Takes the place of JSON in the sessions that have agreed on a subprotocol, such as CBOR
 * in those with {@code chat.cbor}; to be implemented by a bean of the application, as by
 * {@link JacksonMessageFormat}. Safe for any number of threads.
 * <p>
 * In these sessions, what elsewhere would be JSON text leaves as a binary message: values
 * that methods return, what is sent, replies, errors. Binary messages go to the methods
 * that take JSON elsewhere, by their types. {@code String} and bytes stay as they are,
 * and so do text messages of the client. {@link WsMessageConverter}s are not asked.
 */
public interface WsMessageFormat {

	/**
	 * The subprotocol, which endpoints have to offer as well, in
	 * {@link WsEndpoint#subprotocols()}. Always gives the same answer.
	 * @return the subprotocol
	 */
	String subprotocol();

	/**
	 * Finds out what a message is about. Called only for endpoints with types.
	 * @param message the bytes
	 * @return its type and id
	 * @throws IOException if the message is not what it should be: the client is told
	 * that, but not why
	 * @throws InvalidMessageException to tell the client why
	 */
	WsEnvelope envelope(byte[] message) throws IOException;

	/**
	 * Reads a message.
	 * @param message the bytes
	 * @param type the type of the parameter, with its type variables bound
	 * @return an object of that type
	 * @throws IOException if the message is not what it should be: the client is told
	 * that, but not why
	 * @throws InvalidMessageException to tell the client why
	 */
	Object read(byte[] message, Type type) throws IOException;

	/**
	 * Writes a message.
	 * @param envelope its type and id; both may be {@code null}
	 * @param payload what it says, {@code null} if nothing; the payload of an error is a
	 * map with the members that it has in JSON
	 * @return the bytes, which must not be changed any more
	 * @throws IOException if that is impossible: a failure of the method
	 */
	byte[] write(WsEnvelope envelope, @Nullable Object payload) throws IOException;

}
