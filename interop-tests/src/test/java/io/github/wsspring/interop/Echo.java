package io.github.wsspring.interop;

import java.nio.ByteBuffer;

import io.github.wsspring.endpoint.OnClose;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnPong;
import io.github.wsspring.endpoint.WsSession;
import io.github.wsspring.protocol.CloseStatus;

/**
 * Sends back what it gets, but for a few commands; what the clients are tested against.
 */
abstract class Echo {

	/** A text that makes the server ping; it then sends back the pong's payload. */
	static final String PING = "ping!";

	/** A text that makes the server close. */
	static final String CLOSE = "close!";

	/** What the server closes with. */
	static final CloseStatus STATUS = new CloseStatus(4002, "as you wish");

	/** What ended the sessions. */
	final Inbox ends = new Inbox();

	@OnMessage
	void echo(String text, WsSession session) {
		switch (text) {
			case PING -> session.ping(PING.getBytes());
			case CLOSE -> session.close(STATUS);
			default -> session.send(text);
		}
	}

	@OnMessage
	byte[] echo(byte[] data) {
		return data;
	}

	@OnPong
	void pong(ByteBuffer payload, WsSession session) {
		session.send(payload);
	}

	@OnClose
	void close(CloseStatus status) {
		this.ends.closed(status.code(), status.reason());
	}

}
