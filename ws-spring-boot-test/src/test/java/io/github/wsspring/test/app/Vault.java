package io.github.wsspring.test.app;

import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;

import org.springframework.security.access.prepost.PreAuthorize;

/** For some users only. */
@WsEndpoint("/vault")
class Vault {

	@OnMessage
	@PreAuthorize("hasRole('ADMIN')")
	String open(String text) {
		return "opened";
	}

}
