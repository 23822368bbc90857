package io.github.wsspring.endpoint;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.endpoint.TypeDispatcher.Target;
import org.jspecify.annotations.Nullable;

/**
 * Passes a binary message on to the handler of its type, and has its failures handled as
 * those of the request that it may be.
 */
final class FormatDispatcher implements Receiver {

	private final WsMessageFormat format;

	private final TypeTargets targets;

	private final ErrorHandlers errors;

	FormatDispatcher(WsMessageFormat format, TypeTargets targets, ErrorHandlers errors) {
		this.format = format;
		this.targets = targets;
		this.errors = errors;
	}

	@Override
	public @Nullable CompletionStage<?> receive(Caller session, @Nullable Object subject) throws Exception {
		byte[] message = (byte[]) Objects.requireNonNull(subject);
		Caller caller = session;
		Target target;
		Object payload;
		try {
			WsEnvelope envelope = WsEnvelope.NONE;
			if (this.targets.haveTypes()) {
				envelope = this.format.envelope(message);
				caller = new Request(session.session(), envelope);
			}
			target = this.targets.find(envelope.type());
			payload = read(message, target.type());
		}
		catch (IOException ex) {
			return this.errors.handle(caller, new InvalidMessageException(InvalidMessageException.MALFORMED_BINARY,
					"The binary message cannot be read"));
		}
		catch (RuntimeException ex) {
			return this.errors.handle(caller, ex);
		}
		return this.errors.receive(target.receiver(), caller, payload);
	}

	private Object read(byte[] message, @Nullable Type type) throws IOException {
		if (type == String.class) {
			throw new InvalidMessageException(InvalidMessageException.UNSUPPORTED, "This has to be a text message");
		}
		return (type != null) ? this.format.read(message, type) : message;
	}

	@Override
	public boolean handlesFailures() {
		return true;
	}

}
