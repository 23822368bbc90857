package io.github.wsspring.sample;

import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;

/**
 * Sends back what it gets.
 */
@WsEndpoint("/echo")
class EchoEndpoint {

	@OnMessage
	String echo(String text) {
		return text;
	}

	@OnMessage
	byte[] echo(byte[] data) {
		return data;
	}

}
