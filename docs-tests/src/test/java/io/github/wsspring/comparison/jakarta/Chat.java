package io.github.wsspring.comparison.jakarta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import tools.jackson.databind.json.JsonMapper;

@ServerEndpoint("/rooms/{room}")
public class Chat {

	private static final ScheduledExecutorService SCHEDULER = Executors.newSingleThreadScheduledExecutor();

	private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

	private ScheduledFuture<?> heartbeat;

	@OnOpen
	public void open(Session session) {
		session.setMaxIdleTimeout(40_000);
		this.heartbeat = SCHEDULER.scheduleAtFixedRate(() -> ping(session), 30, 30, TimeUnit.SECONDS);
	}

	@OnMessage(maxMessageSize = 64 * 1024)
	public void say(Session session, String message) throws IOException {
		Say say = JsonMapper.shared().readValue(message, Say.class);
		if (!VALIDATOR.validate(say).isEmpty()) {
			send(session, new Failure("error", "invalid"));
			return;
		}
		Said said = new Said("said", session.getUserPrincipal().getName(), say.text());
		for (Session other : session.getOpenSessions()) {
			if (other != session && other.getPathParameters().equals(session.getPathParameters())) {
				send(other, said);
			}
		}
	}

	private static void send(Session session, Object message) throws IOException {
		synchronized (session) {
			session.getBasicRemote().sendText(JsonMapper.shared().writeValueAsString(message));
		}
	}

	private static void ping(Session session) {
		synchronized (session) {
			try {
				session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@OnClose
	public void close() {
		this.heartbeat.cancel(false);
	}

	public record Say(@Pattern(regexp = "say") String type, @NotBlank @Size(max = 500) String text) {
	}

	public record Said(String type, String from, String text) {
	}

	public record Failure(String type, String error) {
	}

}
