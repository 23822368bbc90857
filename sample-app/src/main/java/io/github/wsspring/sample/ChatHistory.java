package io.github.wsspring.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * Remembers the last lines of the rooms that were used last. Safe from any thread.
 */
@Component
class ChatHistory {

	static final int MAX_ROOMS = 100;

	static final int MAX_LINES = 50;

	/** In the order of their last use. */
	private final Map<String, Deque<Line>> rooms = new LinkedHashMap<>(16, 0.75f, true);

	/**
	 * Adds a line to a room.
	 * @param room the room's name
	 * @param line the line
	 * @return {@code false} if the room remembers this line already
	 */
	synchronized boolean add(String room, Line line) {
		Deque<Line> lines = this.rooms.computeIfAbsent(room, (name) -> new ArrayDeque<>());
		if (lines.stream().anyMatch((known) -> known.line().equals(line.line()))) {
			return false;
		}
		lines.addLast(line);
		if (lines.size() > MAX_LINES) {
			lines.removeFirst();
		}
		if (this.rooms.size() > MAX_ROOMS) {
			this.rooms.remove(this.rooms.keySet().iterator().next());
		}
		return true;
	}

	/**
	 * The last lines of a room.
	 * @param room the room's name
	 * @return the lines, the oldest first
	 */
	synchronized List<Line> lines(String room) {
		Deque<Line> lines = this.rooms.get(room);
		return (lines != null) ? List.copyOf(lines) : List.of();
	}

}
