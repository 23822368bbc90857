package io.github.wsspring.examples;

import java.security.Principal;

import io.github.wsspring.endpoint.Broadcast;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import jakarta.validation.Valid;

import org.springframework.web.bind.annotation.PathVariable;

// @formatter:off
@WsEndpoint("/rooms/{room}")
class Chat {
  @OnOpen void open(WsSession session, @PathVariable String room) { session.join("room:" + room); }

  @OnMessage("say")
  @Broadcast(to = "room:{room}", type = "said", exceptSender = true)
  Said say(@Valid Say in, Principal me) { return new Said(me.getName(), in.text()); }
}
