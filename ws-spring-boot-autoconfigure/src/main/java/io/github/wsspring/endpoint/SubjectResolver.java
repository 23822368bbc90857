package io.github.wsspring.endpoint;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Fills parameters with what happened: the message, the pong, the close status, the
 * exception, the coming response.
 */
final class SubjectResolver implements ArgumentResolver {

	/** Never a payload, even where they cannot be filled. */
	private static final Set<Class<?>> RESERVED = Set.of(WsSession.class, HandshakeRequest.class,
			HandshakeResponse.class, CloseStatus.class, WsEnvelope.class);

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		Class<?> type = parameter.type();
		return switch (parameter.phase()) {
			case HANDSHAKE -> (type == HandshakeResponse.class) ? ArgumentBinder.SUBJECT : null;
			case OPEN, DRAIN, JOIN, LEAVE -> null;
			case MESSAGE -> isPayload(type) ? bytesOrSubject(type) : null;
			case PONG -> (type == byte[].class || type == ByteBuffer.class) ? bytesOrSubject(type) : null;
			case CLOSE -> (type == CloseStatus.class) ? ArgumentBinder.SUBJECT : null;
			case ERROR -> Throwable.class.isAssignableFrom(type) ? ArgumentBinder.SUBJECT : null;
			case HANDSHAKE_ERROR -> Throwable.class.isAssignableFrom(type)
					? (caller, subject) -> ((HandshakeFailure) Objects.requireNonNull(subject)).failure() : null;
		};
	}

	private static ArgumentBinder bytesOrSubject(Class<?> type) {
		return (type == ByteBuffer.class) ? ArgumentBinder.BUFFER : ArgumentBinder.SUBJECT;
	}

	static boolean isPayload(Class<?> type) {
		return !RESERVED.contains(type) && !Throwable.class.isAssignableFrom(type);
	}

}
