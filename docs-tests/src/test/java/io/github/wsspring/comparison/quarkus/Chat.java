package io.github.wsspring.comparison.quarkus;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.PathParam;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

@Authenticated
@WebSocket(path = "/rooms/{room}")
public class Chat {

	@Inject
	SecurityIdentity me;

	@OnTextMessage
	void say(@Valid Say in, WebSocketConnection sender, @PathParam String room) {
		sender.broadcast()
			.filter((other) -> room.equals(other.pathParam("room")) && !other.id().equals(sender.id()))
			.sendTextAndAwait(new Said("said", this.me.getPrincipal().getName(), in.text()));
	}

	@OnError
	Failure invalid(ConstraintViolationException ex) {
		return new Failure("error", "invalid");
	}

	public record Say(@Pattern(regexp = "say") String type, @NotBlank @Size(max = 500) String text) {
	}

	public record Said(String type, String from, String text) {
	}

	public record Failure(String type, String error) {
	}

}
