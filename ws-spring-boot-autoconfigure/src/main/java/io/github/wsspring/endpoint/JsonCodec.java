package io.github.wsspring.endpoint;

import java.lang.reflect.Type;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * JSON text to objects and back. Safe for any number of threads.
 */
public interface JsonCodec {

	/**
	 * Writes a value.
	 * @param value the value
	 * @return its JSON
	 */
	String write(Object value);

	/**
	 * Writes a value without one of its members.
	 * @param value the value
	 * @param member the member to leave out if the value becomes a JSON object
	 * @return its JSON
	 */
	String writeWithout(Object value, String member);

	/**
	 * Prepares to read values of one type.
	 * @param type the type
	 * @param fields the members of messages that are not the payload's: they are never
	 * unknown members
	 * @return the reader
	 */
	JsonReader reader(Type type, MessageFields fields);

	/**
	 * The classes that a sealed type stands for, by the types of their messages.
	 * @param type the type of a parameter
	 * @return the classes by type, such as {@code say} for {@code Say}; empty if the type
	 * is not sealed, or is to be read in a way of its own
	 * @throws IllegalArgumentException if the type is sealed, but not all of its classes
	 * can be told apart or read
	 */
	Map<String, Class<?>> subtypes(Type type);

	/**
	 * Begins to read a text, up to the type and, if there is one, the id of the message.
	 * @param text the text
	 * @param fields their members
	 * @return the message; to be closed
	 * @throws InvalidMessageException if the text is not JSON, as far as it was read
	 */
	JsonMessage open(String text, MessageFields fields);

	/**
	 * Reads an answer to a request of ours.
	 * @param text the text
	 * @param type the type
	 * @param fields the members of messages that are not the answer's
	 * @return the value of {@code data} if there is no other member, or else the object
	 * with the members there are; {@code null} if there are none, or the data is
	 * @throws InvalidMessageException if the text is not a JSON object or does not fit
	 * the type
	 */
	@Nullable Object readAnswer(String text, Type type, MessageFields fields);

	/**
	 * Reads values of one type.
	 */
	interface JsonReader {

		/**
		 * Reads a text.
		 * @param text the text
		 * @return the value
		 * @throws InvalidMessageException if the text is not JSON or does not fit the
		 * type
		 */
		Object read(String text);

	}

	/**
	 * A text that was read up to type and id of the message. Used by one thread.
	 */
	interface JsonMessage extends AutoCloseable {

		/**
		 * The type of the message.
		 * @return the value of the type field, {@code null} if it is missing or not a
		 * string, or if the text is not an object
		 */
		@Nullable String type();

		/**
		 * The id of the message.
		 * @return the value of the id field, a {@code String} or an integral
		 * {@code Number}; {@code null} if it is missing or anything else, or if the text
		 * is not an object
		 */
		@Nullable Object id();

		/**
		 * Reads the whole message; to be called once.
		 * @param reader a reader of the same codec
		 * @return the value
		 * @throws InvalidMessageException if the text is not JSON or does not fit the
		 * type
		 */
		Object read(JsonReader reader);

		/**
		 * Reads on to the end, just to see that it is JSON.
		 * @throws InvalidMessageException if it is not
		 */
		void skip();

		@Override
		void close();

	}

}
