package io.github.wsspring.test.app;

import io.github.wsspring.endpoint.OnError;
import io.github.wsspring.endpoint.WsAdvice;

/** Which every slice has. */
@WsAdvice
class Apologies {

	@OnError
	String sorry(UnsupportedOperationException ex) {
		return "sorry: " + ex.getMessage();
	}

}
