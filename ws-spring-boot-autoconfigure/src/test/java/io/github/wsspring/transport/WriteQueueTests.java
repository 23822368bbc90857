package io.github.wsspring.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.wsspring.transport.WriteQueue.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Requirements for {@link WriteQueue}.
 */
class WriteQueueTests {

	private final OutputBuffers buffers = new OutputBuffers(64);

	private final WriteQueue queue = new WriteQueue(this.buffers);

	private final List<String> receipts = new ArrayList<>();

	private SimulatedTransport transport = new SimulatedTransport();

	@BeforeEach
	void connect() {
		this.transport = new SimulatedTransport();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 7, 8, 11, 63, 64, 65, 1000 })
	void howeverFewBytesAreTakenAtOnceTheyArriveInOrder(int taken) throws IOException {
		this.transport.writeLimit = taken;
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 40; i++) {
			String frame = "<" + i + ":" + "x".repeat(i) + ">";
			expected.append(frame);
			write(frame);
			if (i % 7 == 0) {
				this.queue.flush(this.transport);
			}
		}
		flushAll();
		assertThat(written()).isEqualTo(expected.toString());
		assertThat(this.queue.written()).isEqualTo(expected.length());
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void framesOfOneTurnLeaveInOneWrite() throws IOException {
		write("one");
		write("two");
		write("three");
		assertThat(this.queue.flush(this.transport)).isEqualTo(Outcome.DRAINED);
		assertThat(this.transport.writes).isEqualTo(1);
		assertThat(written()).isEqualTo("onetwothree");
	}

	@Test
	void batchTakesExactlyItsSizeAndNotOneByteMore() {
		ByteBuffer room = this.queue.room(64);
		assertThat(room).isNotNull();
		room.put(new byte[64]);
		assertThat(this.queue.room(1)).isNull();
		assertThat(new WriteQueue(new OutputBuffers(64)).room(65)).isNull();
	}

	@Test
	void batchBelongsToOneQueueUntilItIsFlushed() throws IOException {
		WriteQueue other = new WriteQueue(this.buffers);
		write("mine");
		assertThat(other.room(1)).isNull();
		this.queue.flush(this.transport);
		assertThat(other.room(1)).isNotNull();
	}

	@Test
	void batchIsFreeAgainWhenItsOwnerDiscards() {
		write("mine");
		this.queue.discard();
		WriteQueue other = new WriteQueue(this.buffers);
		ByteBuffer room = other.room(64);
		assertThat(room).isNotNull();
		assertThat(room.position()).isZero();
	}

	@Test
	void batchIsFreeAgainWhenTheConnectionBreaks() {
		write("mine");
		this.transport.reset();
		assertThatIOException().isThrownBy(() -> this.queue.flush(this.transport));
		assertThat(new WriteQueue(this.buffers).room(64)).isNotNull();
	}

	@Test
	void batchIsNotUsedWhileChunksWait() {
		add("chunk");
		assertThat(this.queue.room(1)).isNull();
	}

	@Test
	void urgentFrameOvertakesDataThatWaits() throws IOException {
		add("first");
		add("second");
		this.queue.addUrgent(bytes("P1"), bytes(""));
		this.queue.addUrgent(bytes("P2"), bytes(""));
		flushAll();
		assertThat(written()).isEqualTo("P1P2firstsecond");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void urgentFrameNeverCutsAFrameThatHasBegun(int begun) throws IOException {
		add("first");
		add("second");
		this.transport.room = begun;
		this.queue.flush(this.transport);
		this.queue.addUrgent(bytes("PING"), bytes("!"));
		this.transport.room = Long.MAX_VALUE;
		flushAll();
		String expected = (begun <= 5) ? "firstPING!second" : "firstsecondPING!";
		assertThat(written()).isEqualTo(expected);
	}

	@Test
	void urgentFrameBehindEverythingBecomesTheLast() throws IOException {
		this.queue.addUrgent(bytes("P"), bytes(""));
		add("data");
		flushAll();
		assertThat(written()).isEqualTo("Pdata");
	}

	@Test
	void restOfABatchIsNeitherOvertakenNorDropped() throws IOException {
		write("abcdef");
		this.transport.room = 2;
		assertThat(this.queue.flush(this.transport)).isEqualTo(Outcome.BLOCKED);
		add("dropped");
		assertThat(this.queue.dropOldest(1000)).isEqualTo(7);
		this.queue.addUrgent(bytes("P"), bytes(""));
		this.transport.room = Long.MAX_VALUE;
		flushAll();
		assertThat(written()).isEqualTo("abcdefP");
	}

	@Test
	void dropOldestDropsNoMoreThanItHasTo() throws IOException {
		add("1111");
		add("2222");
		add("3333");
		assertThat(this.queue.dropOldest(4)).isEqualTo(4);
		assertThat(this.queue.dropOldest(1)).isEqualTo(4);
		assertThat(this.receipts).containsExactly("1111 lost", "2222 lost");
		flushAll();
		assertThat(written()).isEqualTo("3333");
	}

	@Test
	void dropOldestSparesWhatHasBegun() throws IOException {
		add("1111");
		add("2222");
		this.transport.room = 1;
		this.queue.flush(this.transport);
		assertThat(this.queue.dropOldest(Integer.MAX_VALUE)).isEqualTo(4);
		this.transport.room = Long.MAX_VALUE;
		add("3333");
		flushAll();
		assertThat(written()).isEqualTo("11113333");
	}

	@Test
	void whenEverythingIsDroppedTheQueueCanBeUsedAgain() throws IOException {
		add("1111");
		assertThat(this.queue.dropOldest(1)).isEqualTo(4);
		assertThat(this.queue.isEmpty()).isTrue();
		add("2222");
		flushAll();
		assertThat(written()).isEqualTo("2222");
	}

	@Test
	void receiptComesWithTheLastByteAndNotBefore() throws IOException {
		add("1234");
		this.transport.room = 3;
		this.queue.flush(this.transport);
		assertThat(this.receipts).isEmpty();
		this.transport.room = 1;
		this.queue.flush(this.transport);
		assertThat(this.receipts).containsExactly("1234 written");
	}

	@Test
	void discardTellsAllReceiptsOnce() throws IOException {
		add("1");
		add("2");
		this.transport.room = 1;
		this.queue.flush(this.transport);
		this.queue.discard();
		this.queue.discard();
		assertThat(this.receipts).containsExactly("1 written", "2 lost");
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void afterTheBudgetItIsTheOthersTurn() throws IOException {
		int frames = WriteQueue.BUDGET / 64;
		for (int i = 0; i < frames + 1; i++) {
			add("x".repeat(64));
		}
		assertThat(this.queue.flush(this.transport)).isEqualTo(Outcome.MORE);
		assertThat(this.queue.written()).isEqualTo(WriteQueue.BUDGET);
		assertThat(this.queue.flush(this.transport)).isEqualTo(Outcome.DRAINED);
	}

	@Test
	void whatFitsTheBudgetExactlyIsDrained() throws IOException {
		for (int i = 0; i < WriteQueue.BUDGET / 64; i++) {
			add("x".repeat(64));
		}
		assertThat(this.queue.flush(this.transport)).isEqualTo(Outcome.DRAINED);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })
	void whateverHappensFramesAreWholeAndInOrder(long seed) throws IOException {
		System.out.println("WriteQueueTests seed " + seed);
		Random random = new Random(seed);
		int next = 0;
		for (int step = 0; step < 2000; step++) {
			switch (random.nextInt(6)) {
				case 0, 1 -> write(frame('D', next++, random.nextInt(90)));
				case 2 -> add(frame('D', next++, random.nextInt(90)));
				case 3 -> this.queue.addUrgent(bytes(frame('U', next++, 3)), bytes(""));
				case 4 -> this.queue.dropOldest(random.nextInt(60));
				default -> {
					this.transport.writeLimit = 1 + random.nextInt(100);
					this.transport.room = random.nextInt(400);
					this.queue.flush(this.transport);
				}
			}
		}
		flushAll();
		String rest = written();
		int lastData = -1;
		int lastUrgent = -1;
		while (!rest.isEmpty()) {
			int end = rest.indexOf('>') + 1;
			assertThat(rest.substring(0, end)).matches("<[DU][0-9]+:x*>");
			int number = Integer.parseInt(rest.substring(2, rest.indexOf(':')));
			if (rest.charAt(1) == 'D') {
				assertThat(number).isGreaterThan(lastData);
				lastData = number;
			}
			else {
				assertThat(number).isGreaterThan(lastUrgent);
				lastUrgent = number;
			}
			rest = rest.substring(end);
		}
		assertThat(lastData).isPositive();
		assertThat(lastUrgent).isPositive();
	}

	private static String frame(char kind, int number, int length) {
		return "<" + kind + number + ":" + "x".repeat(length) + ">";
	}

	/** Like a connection does it. */
	private void write(String frame) {
		ByteBuffer room = this.queue.room(frame.length());
		if (room != null) {
			room.put(bytes(frame));
		}
		else {
			add(frame);
		}
	}

	private void add(String frame) {
		int header = Math.min(2, frame.length());
		this.queue.add(bytes(frame.substring(0, header)), bytes(frame.substring(header)),
				(written) -> this.receipts.add(frame + (written ? " written" : " lost")));
	}

	private void flushAll() throws IOException {
		this.transport.room = Long.MAX_VALUE;
		while (this.queue.flush(this.transport) != Outcome.DRAINED) {
			assertThat(this.queue.isEmpty()).isFalse();
		}
	}

	private String written() {
		return new String(this.transport.written(), StandardCharsets.US_ASCII);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
