package io.github.wsspring.endpoint;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Reads a binary message as an object of one type and passes that on.
 *
 * @param converter reads the type
 * @param type the type
 * @param next takes the object
 */
record ConverterReceiver(WsMessageConverter converter, Type type, Receiver next) implements Receiver {

	@Override
	public @Nullable CompletionStage<?> receive(Caller caller, @Nullable Object subject) throws Throwable {
		return this.next.receive(caller, read((byte[]) Objects.requireNonNull(subject)));
	}

	private Object read(byte[] message) {
		try {
			return this.converter.read(message, this.type);
		}
		catch (IOException ex) {
			throw new InvalidMessageException(InvalidMessageException.MALFORMED_BINARY,
					"The binary message cannot be read");
		}
	}

}
