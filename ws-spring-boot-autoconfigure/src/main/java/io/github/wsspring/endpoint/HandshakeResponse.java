package io.github.wsspring.endpoint;

import java.util.Map;

import io.github.wsspring.server.HandshakeExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

/**
 * The answer to an upgrade request while an {@link OnHandshake} method decides about it.
 */
public final class HandshakeResponse {

	private final HandshakeExchange exchange;

	private final WsSession session;

	HandshakeResponse(HandshakeExchange exchange, WsSession session) {
		this.exchange = exchange;
		this.session = session;
	}

	/**
	 * Refuses the request.
	 * @param status the HTTP status, 300 to 599
	 * @param reason one line for the body of the response
	 * @throws IllegalArgumentException if the status cannot refuse a request
	 */
	public void reject(HttpStatusCode status, String reason) {
		reject(this.exchange, status, reason);
	}

	static void reject(HandshakeExchange exchange, HttpStatusCode status, String reason) {
		exchange.reject(status.value(), reason.replace('\r', ' ').replace('\n', ' '));
	}

	/**
	 * Adds a header to the response.
	 * @param name the header's name
	 * @param value the header's value
	 * @throws IllegalArgumentException if name or value hold characters that HTTP forbids
	 */
	public void addHeader(String name, String value) {
		this.exchange.addResponseHeader(name, value);
	}

	/**
	 * The subprotocol that will be answered.
	 * @return the subprotocol or {@code null} for none
	 */
	public @Nullable String subprotocol() {
		return this.exchange.subprotocol();
	}

	/**
	 * Answers another subprotocol.
	 * @param subprotocol one of those the client offers, or {@code null} for none
	 * @throws IllegalArgumentException if the client did not offer it
	 */
	public void selectSubprotocol(@Nullable String subprotocol) {
		this.exchange.selectSubprotocol(subprotocol);
	}

	/**
	 * The attributes of the coming session.
	 * @return what {@link WsSession#attributes()} will return
	 */
	public Map<String, Object> attributes() {
		return this.session.attributes();
	}

}
