package io.github.wsspring.endpoint;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.endpoint.JsonCodec.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text as JSON of one type and passes the value on.
 *
 * @param reader reads the type
 * @param next takes the value
 */
record JsonReceiver(JsonReader reader, Receiver next) implements Receiver {

	@Override
	public @Nullable CompletionStage<?> receive(Caller caller, @Nullable Object subject) throws Throwable {
		return this.next.receive(caller, this.reader.read((String) Objects.requireNonNull(subject)));
	}

}
