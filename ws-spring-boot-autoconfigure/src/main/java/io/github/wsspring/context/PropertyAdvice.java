package io.github.wsspring.context;

import io.github.wsspring.server.ServerListener.CloseCause;
import io.github.wsspring.server.ServerListener.RefusalCause;

/**
 * Knows which property governs a rule of the engine, in words to end a log line with.
 */
final class PropertyAdvice {

	private PropertyAdvice() {
	}

	/** What to change so that such a request would be let in. */
	static String of(RefusalCause cause) {
		return switch (cause) {
			case MALFORMED -> " (no property changes this: the client has to)";
			case HEAD_TOO_LARGE -> change("ws.server.handshake.max-header-size", "ws.server.handshake.max-headers");
			case TLS -> change("ws.server.ssl.bundle", "ws.server.ssl.client-auth");
			case HANDSHAKE_TIMEOUT -> change("ws.server.handshake.timeout");
			case NO_ENDPOINT -> " (no property changes this: annotate a bean with @WsEndpoint for this path)";
			case ORIGIN -> change("ws.origins.mode", "ws.origins.allowed");
			case AUTHENTICATION -> change("ws.auth.tokens", "ws.auth.sources", "ws.auth.required");
			case CONNECTIONS -> change("ws.server.limits.connections");
			case CONNECTIONS_PER_ADDRESS -> change("ws.server.limits.per-address");
			case CONNECTIONS_PER_USER -> change("ws.server.limits.per-user");
			case SHUTTING_DOWN -> change("ws.server.shutdown.grace-period");
			case HANDLER -> " (no property changes this: the endpoint's @OnHandshake method decided)";
			case HANDLER_FAILED -> " (no property changes this: the endpoint's @OnHandshake method failed)";
		};
	}

	/** What to change so that such a session would go on. */
	static String of(CloseCause cause, String endpointId) {
		return switch (cause) {
			case PROTOCOL -> " (no property changes this: the client has to)";
			case MESSAGE_TOO_BIG -> changeSession(endpointId, "ws.inbound.max-message-size",
					"ws.inbound.max-frame-size", "ws.inbound.max-fragments");
			case HEARTBEAT -> changeSession(endpointId, "ws.heartbeat.timeout", "ws.heartbeat.enabled");
			case IDLE -> changeSession(endpointId, "ws.idle-timeout");
			case OUTBOUND_QUEUE -> changeSession(endpointId, "ws.outbound.queue-size", "ws.outbound.overflow");
			case SEND_TIMEOUT -> changeSession(endpointId, "ws.outbound.send-timeout");
			case TOKEN_EXPIRED -> change("ws.auth.close-on-expiry");
			case HANDLER_FAILED -> " (no property changes this: a method of the endpoint failed)";
			case SHUTDOWN -> change("ws.server.shutdown.close-code", "ws.server.shutdown.grace-period");
		};
	}

	/** What happened, in words. */
	static String reason(CloseCause cause) {
		return switch (cause) {
			case PROTOCOL -> "the client broke the WebSocket protocol";
			case MESSAGE_TOO_BIG -> "a message was too big";
			case HEARTBEAT -> "no sign of life after a ping";
			case IDLE -> "no message for too long";
			case OUTBOUND_QUEUE -> "the client reads too slowly, its outbound queue is full";
			case SEND_TIMEOUT -> "the client reads too slowly, it took nothing for too long";
			case TOKEN_EXPIRED -> "the token's time is over";
			case HANDLER_FAILED -> "a handler failed";
			case SHUTDOWN -> "the server is shutting down";
		};
	}

	private static String change(String... keys) {
		return " (see " + String.join(", ", keys) + ")";
	}

	private static String changeSession(String endpointId, String... keys) {
		return " (see " + String.join(", ", keys) + "; for this endpoint alone under ws.endpoints." + endpointId + ")";
	}

}
