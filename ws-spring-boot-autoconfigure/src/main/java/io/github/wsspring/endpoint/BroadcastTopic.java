package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The topic of a broadcast, some of which may be known only when there is a message.
 *
 * @param parts what the name consists of, in order
 */
record BroadcastTopic(List<Part> parts) {

	private static final String PAYLOAD = "payload.";

	private static final String SESSION = "session.";

	/**
	 * Takes a name apart.
	 * @param template the name with its placeholders
	 * @param pathVariables what the endpoint's path has
	 * @param facts knows later on what the handshake says
	 * @param payload the message that the method takes, {@code null} if it takes none
	 * @throws IllegalArgumentException if a placeholder is unknown or not closed
	 */
	static BroadcastTopic parse(String template, Set<String> pathVariables, RequestFacts facts,
			@Nullable HandlerParameter payload) {
		List<Part> parts = new ArrayList<>();
		int known = 0;
		int end = 0;
		for (int start = template.indexOf('{'); start >= 0; start = template.indexOf('{', end)) {
			end = template.indexOf('}', start) + 1;
			if (end == 0) {
				throw new IllegalArgumentException("has a '{' without a '}'");
			}
			Part part = part(template.substring(start + 1, end - 1), payload);
			if (part != null) {
				addKnown(template.substring(known, start), pathVariables, facts, parts);
				parts.add(part);
				known = end;
			}
		}
		addKnown(template.substring(known), pathVariables, facts, parts);
		return new BroadcastTopic(List.copyOf(parts));
	}

	private static @Nullable Part part(String placeholder, @Nullable HandlerParameter payload) {
		if (placeholder.startsWith(SESSION)) {
			return new Attribute(placeholder.substring(SESSION.length()));
		}
		if (!placeholder.startsWith(PAYLOAD)) {
			return null;
		}
		if (payload == null) {
			throw new IllegalArgumentException("uses {" + placeholder + "}, but the method takes no message");
		}
		try {
			return new Property(PayloadProperty.of(payload.type(), placeholder.substring(PAYLOAD.length())));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("uses {" + placeholder + "}, but " + ex.getMessage());
		}
	}

	private static void addKnown(String template, Set<String> pathVariables, RequestFacts facts, List<Part> parts) {
		if (template.indexOf('{') >= 0) {
			parts.add(new Fact(facts.slotOf(TopicName.parse(template, pathVariables))));
		}
		else if (!template.isEmpty()) {
			parts.add(new Text(template));
		}
	}

	boolean wantsPayload() {
		return this.parts.stream().anyMatch(Property.class::isInstance);
	}

	/**
	 * The topic for a message.
	 * @throws InvalidMessageException if it lacks a part of the name
	 */
	BroadcastTopic with(Object payload) {
		List<Part> known = new ArrayList<>(this.parts.size());
		for (Part part : this.parts) {
			known.add((part instanceof Property property) ? new Text(property.property().in(payload)) : part);
		}
		return new BroadcastTopic(known);
	}

	/**
	 * The name for a session.
	 * @throws InvalidMessageException if the session lacks a part of it
	 */
	String name(DefaultWsSession session) {
		if (this.parts.size() == 1) {
			return this.parts.get(0).in(session);
		}
		StringBuilder name = new StringBuilder();
		for (Part part : this.parts) {
			name.append(part.in(session));
		}
		return name.toString();
	}

	/** A part of a name. */
	sealed interface Part {

		String in(DefaultWsSession session);

	}

	/** What is always the same. */
	record Text(String text) implements Part {

		@Override
		public String in(DefaultWsSession session) {
			return this.text;
		}

	}

	/** What the handshake has found out. */
	record Fact(int slot) implements Part {

		@Override
		public String in(DefaultWsSession session) {
			return (String) Objects.requireNonNull(session.fact(this.slot));
		}

	}

	/** What the application keeps with the session. */
	record Attribute(String name) implements Part {

		@Override
		public String in(DefaultWsSession session) {
			Map<String, Object> attributes = session.attributes();
			Object value = attributes.get(this.name);
			if (value == null) {
				throw new InvalidMessageException(InvalidMessageException.NO_TOPIC,
						"The session has no '" + this.name + "' yet");
			}
			return value.toString();
		}

	}

	/** What the message says. */
	record Property(PayloadProperty property) implements Part {

		@Override
		public String in(DefaultWsSession session) {
			throw new IllegalStateException("There is no message to take '" + this.property.path() + "' of");
		}

	}

}
