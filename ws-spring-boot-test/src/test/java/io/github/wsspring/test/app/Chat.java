package io.github.wsspring.test.app;

import java.security.Principal;

import io.github.wsspring.endpoint.Broadcast;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.web.bind.annotation.PathVariable;

/** The chat that the project is designed after. */
@WsEndpoint("/rooms/{room}")
class Chat {

	@OnOpen
	void open(WsSession session, @PathVariable String room) {
		session.join("room:" + room);
	}

	@OnMessage("say")
	@Broadcast(to = "room:{room}", type = "said", exceptSender = true)
	Said say(@Valid Say in, Principal me) {
		return new Said(me.getName(), in.text());
	}

	record Say(@NotBlank String text) {

	}

	record Said(String from, String text) {

	}

}
