package io.github.wsspring.examples;

import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;

// @formatter:off
@WsEndpoint("/echo")
class Echo {
  @OnMessage String echo(String text) { return text; }
}
