package io.github.wsspring.autoconfigure;

import java.security.Principal;

import io.github.wsspring.endpoint.Broadcast;
import io.github.wsspring.endpoint.OnError;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * An application that {@link RestartTests} loads by a class loader of its own.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
		WsAutoConfiguration.class })
class ReloadedApplication {

	@WsEndpoint("/rooms/{room}")
	static class Room {

		@OnOpen
		void open(WsSession session, @PathVariable String room) {
			session.join("room:" + room);
		}

		@OnMessage("say")
		@Broadcast(to = "room:{room}", type = "said")
		Said say(@Valid Say in, @Nullable Principal me) {
			return new Said(in.text());
		}

		@OnError
		void failed(IllegalStateException ex) {
		}

	}

	record Say(@NotBlank String text) {

	}

	record Said(String text) {

	}

}
