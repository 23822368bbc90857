package io.github.wsspring.endpoint;

import java.net.URI;
import java.security.Principal;

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
		if (type == WsSession.class && parameter.phase() != Phase.HANDSHAKE) {
			return (session, subject) -> session;
		}
		if (type == URI.class) {
			return (session, subject) -> session.uri();
		}
		if (Principal.class.isAssignableFrom(type)) {
			return principal(type, parameter.phase());
		}
		if (type == HandshakeRequest.class) {
			keepRequest(parameter.phase());
			return (session, subject) -> session.request();
		}
		if (type == HttpHeaders.class) {
			keepRequest(parameter.phase());
			return (session, subject) -> session.request().headers();
		}
		return null;
	}

	private static ArgumentBinder principal(Class<?> type, Phase phase) {
		if (phase == Phase.HANDSHAKE) {
			return (session, subject) -> ofType(type, session.request().principal());
		}
		return (session, subject) -> ofType(type, session.principal());
	}

	private static @Nullable Principal ofType(Class<?> type, @Nullable Principal principal) {
		return type.isInstance(principal) ? principal : null;
	}

	private void keepRequest(Phase phase) {
		if (phase != Phase.HANDSHAKE) {
			this.facts.askForWholeRequest();
		}
	}

}
