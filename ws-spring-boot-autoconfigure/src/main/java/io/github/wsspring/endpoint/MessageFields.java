package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON message that are not its payload's.
 *
 * @param type says what the message is about
 * @param id makes the message a request and names it; {@code null} if there are no
 * requests
 */
public record MessageFields(String type, @Nullable String id) {

	/**
	 * Checks that they differ.
	 * @throws IllegalArgumentException if they are the same
	 */
	public MessageFields {
		if (type.isEmpty() || type.equals(id)) {
			throw new IllegalArgumentException("Type and id need two fields with a name, not '" + type + "' for both");
		}
	}

	boolean contain(String member) {
		return member.equals(this.type) || member.equals(this.id);
	}

}
