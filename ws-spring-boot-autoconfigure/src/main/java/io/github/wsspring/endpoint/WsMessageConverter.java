package io.github.wsspring.endpoint;

import java.io.IOException;
import java.lang.reflect.Type;

/**
 * Turns objects of some types into binary messages and back, such as CBOR or Protocol
 * Buffers; to be implemented by beans of the application, of which the first that
 * {@link #supports} a type is taken.
 * <p>
 * A parameter of a supported type makes its {@link OnMessage} method one for binary
 * messages; what is returned or sent of such a type leaves as a binary message. All other
 * types are JSON text.
 */
public interface WsMessageConverter {

	/**
	 * Whether this converter is meant for a type. Always gives the same answer.
	 * @param type the class of a parameter or of what is sent
	 * @return {@code false} to leave it to other converters, or to JSON
	 */
	boolean supports(Class<?> type);

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
	 * @param payload an object of a supported type
	 * @return the bytes, which must not be changed any more
	 * @throws IOException if that is impossible: a failure of the method
	 */
	byte[] write(Object payload) throws IOException;

}
