package io.github.wsspring.endpoint;

/**
 * When a handler method is called.
 */
enum Phase {

	HANDSHAKE("@OnHandshake", "HandshakeRequest, HandshakeResponse"),

	OPEN("@OnOpen", "WsSession"),

	MESSAGE("@OnMessage", "WsSession, one payload, WsEnvelope"),

	DRAIN("@OnDrain", "WsSession"),

	JOIN("@OnJoin", "WsSession, String for the topic, @PathVariable for what its pattern names"),

	LEAVE("@OnLeave", "WsSession, String for the topic, @PathVariable for what its pattern names"),

	PONG("@OnPong", "WsSession, byte[], ByteBuffer"),

	CLOSE("@OnClose", "WsSession, CloseStatus"),

	ERROR("@OnError", "WsSession, one exception"),

	HANDSHAKE_ERROR("@OnError and a HandshakeResponse", "HandshakeRequest, HandshakeResponse, one exception");

	private final String annotation;

	private final String arguments;

	Phase(String annotation, String arguments) {
		this.annotation = annotation;
		this.arguments = arguments;
	}

	/**
	 * Whether there is no session yet.
	 */
	boolean isHandshake() {
		return this == HANDSHAKE || this == HANDSHAKE_ERROR;
	}

	/**
	 * Whether the method does something for the client, which can be refused, and not
	 * something that has to be done anyway.
	 */
	boolean isClientsWish() {
		return switch (this) {
			case HANDSHAKE, OPEN, MESSAGE, DRAIN, JOIN, PONG -> true;
			case LEAVE, CLOSE, ERROR, HANDSHAKE_ERROR -> false;
		};
	}

	/**
	 * What a method of this phase may take.
	 */
	String arguments() {
		String common = ", Principal, URI, HttpHeaders, @PathVariable, @RequestParam, @RequestHeader and @CookieValue";
		return isHandshake() ? this.arguments + common : this.arguments + ", HandshakeRequest" + common;
	}

	@Override
	public String toString() {
		return this.annotation;
	}

}
