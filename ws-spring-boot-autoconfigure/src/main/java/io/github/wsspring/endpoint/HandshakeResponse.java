package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.server.HandshakeExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * The answer to an upgrade request while an {@link OnHandshake} method decides about it.
 */
public final class HandshakeResponse {

	/** What every refusal has, or is about a body that we do not send. */
	private static final Set<String> OURS = Set.of("connection", "upgrade", "content-type", "content-length",
			"transfer-encoding", "cache-control");

	private final HandshakeExchange exchange;

	private final WsSession session;

	HandshakeResponse(HandshakeExchange exchange, WsSession session) {
		this.exchange = exchange;
		this.session = session;
	}

	HandshakeExchange exchange() {
		return this.exchange;
	}

	boolean isRejected() {
		return this.exchange.rejection() != null;
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
		reject(exchange, status, reason, HttpHeaders.EMPTY);
	}

	static void reject(HandshakeExchange exchange, HttpStatusCode status, String reason, HttpHeaders headers) {
		List<HttpField> fields = new ArrayList<>();
		headers.forEach((name, values) -> {
			if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> fields.add(new HttpField(name, value)));
			}
		});
		exchange.reject(status.value(), reason.replace('\r', ' ').replace('\n', ' '), fields);
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
