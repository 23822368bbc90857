package io.github.wsspring.endpoint;

import java.net.URI;
import java.security.Principal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Fills parameters with the session and with who is at its other end.
 */
final class SessionResolver implements ArgumentResolver {

	private final RequestFacts facts;

	SessionResolver(RequestFacts facts) {
		this.facts = facts;
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		Class<?> type = parameter.type();
		if (type == WsSession.class && !parameter.phase().isHandshake()) {
			return (caller, subject) -> caller.session();
		}
		if (type == WsEnvelope.class && parameter.phase() == Phase.MESSAGE) {
			return (caller, subject) -> caller.envelope();
		}
		if (type == HandshakeResponse.class && parameter.phase() == Phase.HANDSHAKE_ERROR) {
			return (caller, subject) -> ((HandshakeFailure) Objects.requireNonNull(subject)).response();
		}
		if (type == URI.class) {
			return (caller, subject) -> caller.session().uri();
		}
		if (Principal.class.isAssignableFrom(parameter.valueType())) {
			return principal(parameter);
		}
		if (type == HandshakeRequest.class) {
			keepRequest(parameter.phase());
			return (caller, subject) -> caller.session().request();
		}
		if (type == HttpHeaders.class) {
			keepRequest(parameter.phase());
			return (caller, subject) -> caller.session().request().headers();
		}
		return null;
	}

	private static ArgumentBinder principal(HandlerParameter parameter) {
		Class<?> type = parameter.valueType();
		if (parameter.phase().isHandshake()) {
			return UserArgument.of(parameter, (caller) -> ofType(type, caller.session().request().principal()));
		}
		return UserArgument.of(parameter, (caller) -> ofType(type, caller.session().principal()));
	}

	private static @Nullable Principal ofType(Class<?> type, @Nullable Principal principal) {
		return type.isInstance(principal) ? principal : null;
	}

	private void keepRequest(Phase phase) {
		if (!phase.isHandshake()) {
			this.facts.askForWholeRequest();
		}
	}

}
