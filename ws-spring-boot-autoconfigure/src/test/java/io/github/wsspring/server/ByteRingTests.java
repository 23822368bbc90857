package io.github.wsspring.server;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ByteRingTests {

	private final ByteRing ring = new ByteRing();

	@Test
	void anEmptyRingGivesNothing() {
		this.ring.add(new byte[3], 1, 1);
		assertThat(this.ring.poll(new byte[3], 0, 3)).isZero();
		assertThat(this.ring.size()).isZero();
		assertThat(this.ring.clear()).isZero();
	}

	@Test
	void bytesComeOutAsTheyWentIn() {
		Random random = new Random(7);
		Queue<Byte> expected = new ArrayDeque<>();
		byte[] source = new byte[1000];
		byte[] target = new byte[1000];
		for (int i = 0; i < 20_000; i++) {
			random.nextBytes(source);
			int from = random.nextInt(500);
			int to = from + random.nextInt(500);
			this.ring.add(source, from, to);
			for (int at = from; at < to; at++) {
				expected.add(source[at]);
			}
			int offset = random.nextInt(400);
			int count = this.ring.poll(target, offset, random.nextInt(600));
			for (int at = offset; at < offset + count; at++) {
				assertThat(target[at]).isEqualTo(expected.remove());
			}
			assertThat(this.ring.size()).isEqualTo(expected.size());
			if (expected.size() > 5000) {
				assertThat(this.ring.clear()).isEqualTo(expected.size());
				expected.clear();
			}
		}
	}

	@Test
	void whatWasAddedMayBeOverwritten() {
		byte[] source = { 1, 2, 3 };
		this.ring.add(source, 0, 3);
		Arrays.fill(source, (byte) 9);
		byte[] target = new byte[3];
		assertThat(this.ring.poll(target, 0, 5)).isEqualTo(3);
		assertThat(target).containsExactly(1, 2, 3);
	}

}
