package com.example;

import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;

import org.springframework.context.annotation.Profile;

/**
 * Endpoints that cannot work: with one of these profiles the application must not start.
 */
final class Mistakes {

	private Mistakes() {
	}

	@WsEndpoint("/echo")
	@Profile("duplicate-path")
	static class SecondEcho {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@WsEndpoint("/twice")
	@Profile("two-text-handlers")
	static class Twice {

		@OnMessage
		String first(String text) {
			return text;
		}

		@OnMessage
		String second(String text) {
			return text;
		}

	}

	@WsEndpoint("/unknown")
	@Profile("unknown-argument")
	static class Unknown {

		@OnOpen
		void open(Thread thread) {
		}

	}

}
