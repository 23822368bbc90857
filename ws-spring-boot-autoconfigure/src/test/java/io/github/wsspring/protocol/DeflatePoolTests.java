package io.github.wsspring.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link DeflatePool}, and for compressing a message once for many.
 */
class DeflatePoolTests {

	private static final DeflateParameters ALONE = new DeflateParameters(true, true, 15);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 10 })
	void noMoreAreKeptThanThereIsRoomFor(int capacity) {
		DeflatePool pool = new DeflatePool(capacity);
		List<Inflater> inflaters = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			inflaters.add(pool.borrowInflater());
		}
		assertThat(pool.live()).isEqualTo(5);
		inflaters.forEach(pool::giveBack);
		assertThat(pool.live()).isEqualTo(Math.min(5, capacity));
		pool.close();
		assertThat(pool.live()).isZero();
	}

	@Test
	void whatIsKeptIsLentAgainLikeNew() throws Exception {
		DeflatePool pool = new DeflatePool(1);
		Inflater inflater = pool.borrowInflater();
		inflater.setInput(new byte[] { (byte) 0xf2, 0x48 });
		inflater.inflate(new byte[10]);
		pool.giveBack(inflater);
		assertThat(pool.borrowInflater()).isSameAs(inflater);
		assertThat(inflater.getBytesRead()).isZero();
		pool.giveBack(inflater);
		pool.close();
	}

	@Test
	void compressorsAreKeptByTheirLevel() {
		DeflatePool pool = new DeflatePool(1);
		List<Deflater> deflaters = new ArrayList<>();
		for (int level = -1; level <= 9; level++) {
			Deflater deflater = pool.borrowDeflater(level);
			assertThat(deflaters).doesNotContain(deflater);
			deflaters.add(deflater);
			pool.giveBack(deflater, level);
		}
		for (int level = -1; level <= 9; level++) {
			Deflater deflater = pool.borrowDeflater(level);
			assertThat(deflater).isSameAs(deflaters.get(level + 1));
			pool.giveBack(deflater, level);
		}
		assertThat(pool.live()).isEqualTo(11);
		pool.close();
		assertThat(pool.live()).isZero();
	}

	@Test
	void whatIsLentAtTheCloseEndsWhenItComesBack() {
		DeflatePool pool = new DeflatePool(4);
		pool.giveBack(pool.borrowInflater());
		Inflater inflater = pool.borrowInflater();
		Deflater deflater = pool.borrowDeflater(6);
		pool.close();
		pool.close();
		assertThat(pool.live()).isEqualTo(2);
		pool.giveBack(inflater);
		pool.giveBack(deflater, 6);
		assertThat(pool.live()).isZero();
		// which exception that is depends on the JDK
		assertThatException().isThrownBy(inflater::reset);
		assertThatException().isThrownBy(deflater::reset);
	}

	@Test
	void closedPoolStillLendsButKeepsNothing() {
		DeflatePool pool = new DeflatePool(4);
		pool.close();
		for (int i = 0; i < 3; i++) {
			pool.giveBack(pool.borrowInflater());
			assertThat(pool.live()).isZero();
		}
	}

	@Test
	void closeWhileOthersBorrowAndGiveBackLeavesNothing() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 300; round++) {
				DeflatePool pool = new DeflatePool(2);
				CyclicBarrier start = new CyclicBarrier(4);
				List<Future<?>> done = new ArrayList<>();
				for (int i = 0; i < 3; i++) {
					done.add(threads.submit(() -> {
						start.await();
						for (int j = 0; j < 20; j++) {
							pool.giveBack(pool.borrowInflater());
						}
						return null;
					}));
				}
				done.add(threads.submit(() -> {
					start.await();
					pool.close();
					return null;
				}));
				for (Future<?> each : done) {
					each.get(10, TimeUnit.SECONDS);
				}
				assertThat(pool.live()).as("round %d", round).isZero();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void messageForHundredSessionsIsCompressedOnceWhateverTheirThreads() throws Exception {
		DeflatePool pool = new DeflatePool(1);
		PreparedMessage message = PreparedMessage.text("again and ".repeat(1_000));
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			CyclicBarrier start = new CyclicBarrier(8);
			List<Future<Frame>> frames = new ArrayList<>();
			for (int i = 0; i < 104; i++) {
				PerMessageDeflate session = new PerMessageDeflate(ALONE, new DeflateOptions(1, 6, false), pool);
				frames.add(threads.submit(() -> {
					start.await();
					return session.finish(session.prepare(message));
				}));
			}
			Frame first = frames.get(0).get(10, TimeUnit.SECONDS);
			assertThat(first.payload().length).isLessThan(200);
			for (Future<Frame> frame : frames) {
				assertThat(frame.get(10, TimeUnit.SECONDS)).isSameAs(first);
			}
		}
		finally {
			threads.shutdownNow();
		}
		// one compressor, so nobody else can have compressed at the same time
		assertThat(pool.live()).isEqualTo(1);
		Deflater used = pool.borrowDeflater(6);
		assertThat(used.getBytesRead()).isZero();
		pool.giveBack(used, 6);
		pool.close();
	}

	@Test
	void sessionsThatAgreedOnSomethingElseGetAFormOfTheirOwn() {
		DeflatePool pool = new DeflatePool(1);
		PreparedMessage message = PreparedMessage.text("again and ".repeat(1_000));
		DeflateOptions options = new DeflateOptions(1, 6, false);
		Frame wide = new PerMessageDeflate(ALONE, options, pool).prepare(message);
		Frame narrow = new PerMessageDeflate(new DeflateParameters(true, true, 8), options, pool).prepare(message);
		Frame other = new PerMessageDeflate(ALONE, new DeflateOptions(1, 1, false), pool).prepare(message);
		assertThat(wide).isNotSameAs(narrow).isNotSameAs(other);
		assertThat(new PerMessageDeflate(new DeflateParameters(false, false, 15), options, pool).prepare(message))
			.isSameAs(wide);
		assertThat(new PerMessageDeflate(new DeflateParameters(false, true, 8), options, pool).prepare(message))
			.isSameAs(narrow);
		pool.close();
	}

	@Test
	void messageThatDoesNotGetSmallerIsTriedOnce() {
		DeflatePool pool = new DeflatePool(1);
		PreparedMessage message = PreparedMessage.binary(new byte[] { 1, 2, 3 });
		PerMessageDeflate session = new PerMessageDeflate(ALONE, new DeflateOptions(1, 6, false), pool);
		assertThat(session.prepare(message)).isSameAs(message.frame());
		assertThat(pool.live()).isEqualTo(1);
		pool.close();
		assertThat(session.prepare(message)).isSameAs(message.frame());
		assertThat(pool.live()).isZero();
	}

}
