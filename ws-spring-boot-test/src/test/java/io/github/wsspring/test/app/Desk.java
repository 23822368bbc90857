package io.github.wsspring.test.app;

import io.github.wsspring.endpoint.HandshakeRequest;
import io.github.wsspring.endpoint.HandshakeResponse;
import io.github.wsspring.endpoint.OnClose;
import io.github.wsspring.endpoint.OnHandshake;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/** Does what a text tells it, or asks the clerk. */
@WsEndpoint(path = "${desk.path:/desk}", subprotocols = { "v2", "v1" }, allowedOrigins = "https://example.org")
class Desk {

	private final Clerk clerk;

	Desk(Clerk clerk) {
		this.clerk = clerk;
	}

	@OnHandshake
	void handshake(HandshakeRequest request, HandshakeResponse response) {
		if (request.headers().containsHeader("X-Unwelcome")) {
			response.reject(HttpStatus.FORBIDDEN, "go away");
		}
		response.addHeader("X-Desk", "7");
	}

	@OnMessage
	@Nullable Object text(String text, WsSession session) {
		if (text.startsWith("close ")) {
			return new CloseStatus(Integer.parseInt(text.substring(6)), "as you wish");
		}
		if (text.equals("drop")) {
			session.terminate();
			return null;
		}
		return text.startsWith("{") ? text : this.clerk.answer(text);
	}

	@OnClose
	void close() {
		this.clerk.answer("closed");
	}

	@OnMessage
	byte[] bytes(byte[] data) {
		return data;
	}

}
