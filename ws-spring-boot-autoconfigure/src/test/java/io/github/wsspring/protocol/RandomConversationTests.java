package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no list of cases covers: long conversations, broken ones and noise.
 */
class RandomConversationTests {

	private static final int FIN = 0x80;

	private final Random random = Seed.random(RandomConversationTests.class);

	@Test
	void legalConversationsAreReadAsTheyWereWrittenHoweverTheyAreCut() {
		for (int i = 0; i < 2000; i++) {
			Conversation conversation = new Conversation(this.random);
			byte[] bytes = conversation.bytes.toByteArray();
			assertThat(new Received().feed(List.of(bytes)).events()).isEqualTo(conversation.events);
			for (int j = 0; j < 5; j++) {
				assertThat(new Received().feed(Splits.random(bytes, this.random)).events())
					.isEqualTo(conversation.events);
			}
		}
	}

	@Test
	void brokenConversationsGiveTheSameEventsHoweverTheyAreCut() {
		int failures = 0;
		for (int i = 0; i < 5000; i++) {
			byte[] bytes = new Conversation(this.random).bytes.toByteArray();
			for (int j = this.random.nextInt(4); j >= 0; j--) {
				bytes[this.random.nextInt(bytes.length)] ^= (byte) (1 << this.random.nextInt(8));
			}
			failures += assertTheSameEventsForSomeSplits(bytes) ? 1 : 0;
		}
		assertThat(failures).isPositive();
	}

	@Test
	void noiseGivesTheSameEventsHoweverItIsCut() {
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = new byte[1 + this.random.nextInt(60)];
			this.random.nextBytes(bytes);
			if (this.random.nextBoolean()) {
				// a first octet without reserved bits, then a length that is masked
				bytes[0] = (byte) (FIN | this.random.nextInt(16));
				bytes[Math.min(1, bytes.length - 1)] |= (byte) 0x80;
			}
			assertTheSameEventsForSomeSplits(bytes);
		}
	}

	private boolean assertTheSameEventsForSomeSplits(byte[] bytes) {
		ProtocolLimits limits = new ProtocolLimits(3000, 2000, 5);
		List<String> events = new Received(limits).feed(List.of(bytes)).events();
		for (int i = 0; i < 5; i++) {
			assertThat(new Received(limits).feed(Splits.random(bytes, this.random)).events()).isEqualTo(events);
		}
		return events.stream().anyMatch((event) -> event.startsWith("failure"));
	}

	/** Says legal things at random, and writes down what they are. */
	private static final class Conversation {

		private final Random random;

		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		final List<String> events = new ArrayList<>();

		Conversation(Random random) {
			this.random = random;
			for (int i = 1 + this.random.nextInt(8); i > 0; i--) {
				switch (this.random.nextInt(4)) {
					case 0 -> control();
					case 1 -> text();
					default -> binary();
				}
			}
			if (this.random.nextBoolean()) {
				close();
			}
		}

		private void text() {
			StringBuilder text = new StringBuilder();
			this.random.ints(length(), 0, 0x3000)
				.filter((c) -> this.random.nextInt(8) > 0)
				.forEach(text::appendCodePoint);
			text.append(this.random.nextBoolean() ? "\ud83d\udc4d" : "");
			data(0x1, text.toString().getBytes(StandardCharsets.UTF_8), Received.text(text.toString()));
		}

		private void binary() {
			byte[] data = new byte[length()];
			this.random.nextBytes(data);
			data(0x2, data, Received.binary(data));
		}

		private int length() {
			return switch (this.random.nextInt(10)) {
				case 0 -> 0;
				case 1 -> 120 + this.random.nextInt(12);
				case 2 -> this.random.nextInt(3000);
				default -> this.random.nextInt(50);
			};
		}

		private void data(int opcode, byte[] payload, String event) {
			int from = 0;
			int first = opcode;
			while (this.random.nextInt(3) == 0) {
				int to = from + this.random.nextInt(payload.length - from + 1);
				frame(first, Arrays.copyOfRange(payload, from, to));
				from = to;
				first = 0;
				if (this.random.nextInt(4) == 0) {
					control();
				}
			}
			frame(FIN | first, Arrays.copyOfRange(payload, from, payload.length));
			this.events.add(event);
		}

		private void control() {
			byte[] payload = new byte[this.random.nextInt(126)];
			this.random.nextBytes(payload);
			boolean ping = this.random.nextBoolean();
			frame(ping ? 0x89 : 0x8a, payload);
			this.events.add((ping ? "ping " : "pong ") + Hex.of(payload));
		}

		private void close() {
			byte[] reason = "x".repeat(this.random.nextInt(124)).getBytes(StandardCharsets.UTF_8);
			int code = 3000 + this.random.nextInt(2000);
			frame(0x88, Hex.join(new byte[] { (byte) (code >> 8), (byte) code }, reason));
			this.events.add("close " + new CloseStatus(code, new String(reason, StandardCharsets.UTF_8)));
		}

		private void frame(int first, byte[] payload) {
			this.bytes
				.writeBytes(ClientFrame.of(first, payload, this.random.nextInt(5) == 0 ? 0 : this.random.nextInt()));
		}

	}

}
