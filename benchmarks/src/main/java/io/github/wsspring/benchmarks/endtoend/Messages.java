package io.github.wsspring.benchmarks.endtoend;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.github.wsspring.benchmarks.ClientFrames;
import io.github.wsspring.benchmarks.Texts;

/**
 * What a connection sends, and in which order it has to come back: messages of one size
 * that differ from each other, masked with keys that differ, again and again.
 */
final class Messages {

	private static final int DIFFERENT = 16;

	private final boolean text;

	private final byte[][] payloads = new byte[DIFFERENT][];

	private final byte[][] frames = new byte[DIFFERENT][];

	private Messages(boolean text) {
		this.text = text;
	}

	/**
	 * Text messages.
	 * @param script which letters
	 * @param size bytes of UTF-8, 4 or more
	 * @return the messages
	 */
	static Messages text(Texts script, int size) {
		Messages messages = new Messages(true);
		String common = script.ofSize(size - 2);
		for (int i = 0; i < DIFFERENT; i++) {
			messages.add(i, (String.format("%02d", i) + common).getBytes(StandardCharsets.UTF_8));
		}
		return messages;
	}

	/**
	 * Binary messages.
	 * @param size how many bytes
	 * @return the messages
	 */
	static Messages binary(int size) {
		Messages messages = new Messages(false);
		Random random = new Random(42);
		for (int i = 0; i < DIFFERENT; i++) {
			byte[] payload = new byte[size];
			random.nextBytes(payload);
			messages.add(i, payload);
		}
		return messages;
	}

	private void add(int index, byte[] payload) {
		this.payloads[index] = payload;
		this.frames[index] = ClientFrames.frame(this.text ? ClientFrames.TEXT : ClientFrames.BINARY, payload,
				new Random(index));
	}

	int opcode() {
		return this.text ? 1 : 2;
	}

	byte[] frame(long number) {
		return this.frames[(int) (number % DIFFERENT)];
	}

	byte[] payload(long number) {
		return this.payloads[(int) (number % DIFFERENT)];
	}

}
