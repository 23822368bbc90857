package io.github.wsspring.sample;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChatHistoryTests {

	private final ChatHistory history = new ChatHistory();

	@Test
	void oldestLineIsForgottenWhenARoomIsFull() {
		Line oldest = line();
		this.history.add("lobby", oldest);
		for (int i = 1; i < ChatHistory.MAX_LINES; i++) {
			this.history.add("lobby", line());
		}
		assertThat(this.history.lines("lobby")).hasSize(ChatHistory.MAX_LINES).startsWith(oldest);
		Line newest = line();
		this.history.add("lobby", newest);
		assertThat(this.history.lines("lobby")).hasSize(ChatHistory.MAX_LINES).doesNotContain(oldest).endsWith(newest);
	}

	@Test
	void roomUsedLongestAgoIsForgottenWhenThereAreTooMany() {
		for (int i = 0; i < ChatHistory.MAX_ROOMS; i++) {
			this.history.add("room-" + i, line());
		}
		assertThat(this.history.lines("room-0")).hasSize(1);
		this.history.add("another", line());
		assertThat(this.history.lines("room-0")).hasSize(1);
		assertThat(this.history.lines("room-1")).isEmpty();
	}

	@Test
	void lineThatIsSentTwiceIsKeptOnce() {
		Line line = line();
		assertThat(this.history.add("lobby", line)).isTrue();
		assertThat(this.history.add("lobby", line)).isFalse();
		assertThat(this.history.lines("lobby")).containsExactly(line);
	}

	private static Line line() {
		return new Line(UUID.randomUUID(), "alice", "hi", Instant.EPOCH);
	}

}
