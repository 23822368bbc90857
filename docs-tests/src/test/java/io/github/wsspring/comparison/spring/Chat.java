package io.github.wsspring.comparison.spring;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;

@Component
class Chat extends TextWebSocketHandler {

	private final Map<String, WebSocketSession> sessions = new ConcurrentHashMap<>();

	private final JsonMapper json;

	private final Validator validator;

	Chat(JsonMapper json, Validator validator) {
		this.json = json;
		this.validator = validator;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.sessions.put(session.getId(), new ConcurrentWebSocketSessionDecorator(session, 10_000, 512 * 1024));
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
		Say say = this.json.readValue(message.getPayload(), Say.class);
		if (!this.validator.validate(say).isEmpty()) {
			send(this.sessions.get(session.getId()), new Failure("error", "invalid"));
			return;
		}
		Said said = new Said("said", session.getPrincipal().getName(), say.text());
		URI room = session.getUri();
		for (WebSocketSession other : this.sessions.values()) {
			if (Objects.equals(other.getUri(), room) && !other.getId().equals(session.getId())) {
				send(other, said);
			}
		}
	}

	private void send(WebSocketSession session, Object message) throws IOException {
		session.sendMessage(new TextMessage(this.json.writeValueAsString(message)));
	}

	@Scheduled(fixedRate = 30_000)
	void ping() throws IOException {
		for (WebSocketSession session : this.sessions.values()) {
			session.sendMessage(new PingMessage());
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.sessions.remove(session.getId());
	}

	record Say(@Pattern(regexp = "say") String type, @NotBlank @Size(max = 500) String text) {
	}

	record Said(String type, String from, String text) {
	}

	record Failure(String type, String error) {
	}

}
