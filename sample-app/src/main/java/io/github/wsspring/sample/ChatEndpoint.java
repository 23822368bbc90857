package io.github.wsspring.sample;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.github.wsspring.endpoint.Broadcast;
import io.github.wsspring.endpoint.OnClose;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import io.github.wsspring.endpoint.WsTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;

/**
 * A chat room: everybody in it hears what anybody says.
 */
@WsEndpoint("/rooms/{room:[\\p{L}\\p{N}-]{1,32}}")
class ChatEndpoint {

	private final ChatHistory history;

	private final WsTemplate ws;

	ChatEndpoint(ChatHistory history, WsTemplate ws) {
		this.history = history;
		this.ws = ws;
	}

	/**
	 * Lets a session in. Somebody with several tabs joins with the first and leaves with
	 * the last: looking who is here and telling the others is one step, or a tab that
	 * opens while another closes could be announced the wrong way round.
	 */
	@OnOpen
	synchronized void open(WsSession session, @PathVariable String room, Principal me) {
		String topic = topic(room);
		boolean isHere = this.ws.presence(topic).contains(me.getName());
		session.join(topic);
		session.send("welcome", new Welcome(me.getName(), this.ws.presence(topic), this.history.lines(room)));
		if (!isHere) {
			this.ws.topic(topic).except(session).send("joined", new Member(me.getName()));
		}
	}

	@OnMessage("say")
	@Broadcast(to = "room:{room}", type = "said")
	@Nullable Line say(Say say, WsSession session, @PathVariable String room, Principal me) {
		if (say.text().isBlank() || say.text().length() > Line.MAX_LENGTH) {
			session.send("refused", new Refused(say.line(), "A line has 1 to " + Line.MAX_LENGTH + " characters"));
			return null;
		}
		Line line = new Line(say.line(), me.getName(), say.text(), Instant.now());
		return this.history.add(room, line) ? line : null;
	}

	@OnClose
	synchronized void close(@PathVariable String room, Principal me) {
		String topic = topic(room);
		if (!this.ws.presence(topic).contains(me.getName())) {
			this.ws.topic(topic).send("left", new Member(me.getName()));
		}
	}

	private static String topic(String room) {
		return "room:" + room;
	}

	/** From the page: a line to say, under a name that the page chose for it. */
	record Say(UUID line, String text) {

		Say {
			Objects.requireNonNull(line, "line");
			Objects.requireNonNull(text, "text");
		}

	}

	/** To somebody new: their own name, who is here, and what was said before. */
	record Welcome(String you, Set<String> present, List<Line> lines) {

	}

	/** To the others: somebody joined or left. */
	record Member(String name) {

	}

	/** To the sender: a line that nobody else will see. */
	record Refused(UUID line, String reason) {

	}

}
