package io.github.wsspring.server;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * One upgrade request on its way to a 101 or a refusal. Used by one thread at a time.
 */
public final class HandshakeExchange {

	private final UpgradeRequest request;

	private final InetSocketAddress remoteAddress;

	private final Route route;

	private final @Nullable Identity identity;

	private final List<HttpField> responseHeaders = new ArrayList<>(0);

	private @Nullable String subprotocol;

	private @Nullable Object attachment;

	private @Nullable Rejected rejection;

	/**
	 * Begins an exchange.
	 * @param request the request
	 * @param remoteAddress where it came from
	 * @param route where it leads
	 * @param identity who sent it, {@code null} if anonymous
	 * @param subprotocol the subprotocol that will be answered unless it is changed,
	 * {@code null} for none
	 */
	public HandshakeExchange(UpgradeRequest request, InetSocketAddress remoteAddress, Route route,
			@Nullable Identity identity, @Nullable String subprotocol) {
		this.request = request;
		this.remoteAddress = remoteAddress;
		this.route = route;
		this.identity = identity;
		this.subprotocol = subprotocol;
	}

	/**
	 * The request as it was received.
	 * @return the request; it is not kept after the handshake unless the handler does
	 */
	public UpgradeRequest request() {
		return this.request;
	}

	/**
	 * Where the request came from.
	 * @return the address at the other end of the socket
	 */
	public InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * What the path's template variables stand for.
	 * @return the variables, decoded
	 */
	public Map<String, String> pathVariables() {
		return this.route.pathVariables();
	}

	/**
	 * Who sent the request.
	 * @return the identity or {@code null} for an anonymous peer
	 */
	public @Nullable Identity identity() {
		return this.identity;
	}

	/**
	 * The subprotocol that will be answered.
	 * @return the subprotocol or {@code null}
	 */
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	/**
	 * Answers a subprotocol.
	 * @param subprotocol one of those the client offers, or {@code null} for none
	 * @throws IllegalArgumentException if the client did not offer it
	 */
	public void selectSubprotocol(@Nullable String subprotocol) {
		// RFC 6455 4.2.2: "the value chosen MUST be derived from the client's handshake"
		if (subprotocol != null && !this.request.subprotocols().contains(subprotocol)) {
			throw new IllegalArgumentException("The client did not offer the subprotocol '" + subprotocol + "', only "
					+ this.request.subprotocols() + "; select one of those or none");
		}
		this.subprotocol = subprotocol;
	}

	/**
	 * Adds a header to the response.
	 * @param name the header's name
	 * @param value the header's value
	 * @throws IllegalArgumentException if name or value hold characters that HTTP forbids
	 */
	public void addResponseHeader(String name, String value) {
		this.responseHeaders.add(new HttpField(name, value));
	}

	/**
	 * The headers that were added to the response.
	 * @return the headers in their order
	 */
	public List<HttpField> responseHeaders() {
		return this.responseHeaders;
	}

	/**
	 * Refuses the request.
	 * @param status the HTTP status, 300 to 599
	 * @param reason one line for the response's body
	 */
	public void reject(int status, String reason) {
		reject(status, reason, List.of());
	}

	/**
	 * Refuses the request with headers of its own.
	 * @param status the HTTP status, 300 to 599
	 * @param reason one line for the response's body
	 * @param headers headers besides those that every refusal has
	 */
	public void reject(int status, String reason, List<HttpField> headers) {
		this.rejection = new Rejected(status, headers, reason);
	}

	/**
	 * The refusal.
	 * @return the refusal or {@code null} if the request was not refused
	 */
	public @Nullable Rejected rejection() {
		return this.rejection;
	}

	/**
	 * Attaches the handler's own state to the coming session.
	 * @param attachment what {@link Session#attachment()} will return
	 */
	public void attach(Object attachment) {
		this.attachment = attachment;
	}

	@Nullable Object attachment() {
		return this.attachment;
	}

}
