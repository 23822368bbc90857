package io.github.wsspring.endpoint;

import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.endpoint.JsonCodec.JsonMessage;
import io.github.wsspring.endpoint.JsonCodec.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * Passes a JSON text on to the handler of its type, and has its failures handled as those
 * of the request that it may be.
 * <p>
 * The text is read once: up to the type, and from there on by the reader of the handler.
 */
final class TypeDispatcher implements Receiver {

	private final JsonCodec json;

	private final MessageFields fields;

	private final TypeTargets targets;

	private final ErrorHandlers errors;

	TypeDispatcher(JsonCodec json, TypeTargets targets, ErrorHandlers errors) {
		this.json = json;
		this.fields = targets.fields();
		this.targets = targets;
		this.errors = errors;
	}

	@Override
	public @Nullable CompletionStage<?> receive(Caller session, @Nullable Object subject) throws Exception {
		String text = (String) Objects.requireNonNull(subject);
		Caller caller = session;
		Target target;
		Object payload;
		try (JsonMessage message = open(text)) {
			WsEnvelope envelope = new WsEnvelope(message.type(), message.id());
			caller = new Request(session.session(), envelope);
			target = this.targets.find(envelope.type());
			payload = target.read(message, text);
		}
		catch (InvalidMessageException ex) {
			boolean malformed = ex.getError().equals(InvalidMessageException.MALFORMED);
			return this.errors.handle(caller, malformed ? this.targets.withTypes(ex.getError(), ex.getDetail()) : ex);
		}
		catch (RuntimeException ex) {
			return this.errors.handle(caller, ex);
		}
		return this.errors.receive(target.receiver(), caller, payload);
	}

	@Override
	public boolean handlesFailures() {
		return true;
	}

	private JsonMessage open(String text) {
		try {
			return this.json.open(text, this.fields);
		}
		catch (InvalidMessageException ex) {
			Target fallback = this.targets.fallback();
			if (fallback == null || !fallback.takesAnyText()) {
				throw ex;
			}
			return NotJson.INSTANCE;
		}
	}

	/**
	 * A handler and how it wants the message.
	 *
	 * @param reader reads the payload; {@code null} if the handler takes the text itself
	 * or no payload at all
	 * @param type the type of the payload, {@code null} if the handler takes none
	 * @param receiver the handler
	 * @param takesAnyText whether the handler takes text that is not JSON, too
	 */
	record Target(@Nullable JsonReader reader, @Nullable Type type, Receiver receiver, boolean takesAnyText) {

		Object read(JsonMessage message, String text) {
			if (this.reader != null) {
				return message.read(this.reader);
			}
			if (!this.takesAnyText) {
				message.skip();
			}
			return text;
		}

	}

	/**
	 * A text for a handler that takes any.
	 */
	private enum NotJson implements JsonMessage {

		INSTANCE;

		@Override
		public @Nullable String type() {
			return null;
		}

		@Override
		public @Nullable Object id() {
			return null;
		}

		@Override
		public Object read(JsonReader reader) {
			throw new IllegalStateException("This is not JSON");
		}

		@Override
		public void skip() {
		}

		@Override
		public void close() {
		}

	}

}
