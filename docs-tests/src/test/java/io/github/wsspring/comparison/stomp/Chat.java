package io.github.wsspring.comparison.stomp;

import java.security.Principal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

@Controller
class Chat {

	@MessageMapping("/rooms/{room}/say")
	@SendTo("/topic/rooms/{room}")
	Said say(@Valid Say in, Principal me) {
		return new Said("said", me.getName(), in.text());
	}

	@MessageExceptionHandler
	@SendToUser("/queue/errors")
	Failure invalid(MethodArgumentNotValidException ex) {
		return new Failure("error", "invalid");
	}

	record Say(@NotBlank @Size(max = 500) String text) {
	}

	record Said(String type, String from, String text) {
	}

	record Failure(String type, String error) {
	}

}
