package io.github.wsspring.endpoint.scanned;

import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;

@WsEndpoint("/found")
public class Found {

	@OnMessage
	void message(String text) {
	}

}
