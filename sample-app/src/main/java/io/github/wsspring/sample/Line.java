package io.github.wsspring.sample;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that was said in a room.
 *
 * @param line the line's own name, chosen by the page that sent it: a line that arrives
 * twice is the same line
 * @param from who said it
 * @param text what was said
 * @param at when the server got it
 */
record Line(UUID line, String from, String text, Instant at) {

	/** How many characters a line may have. */
	static final int MAX_LENGTH = 2000;

}
