package io.github.wsspring.transport;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requirements for {@link EventLoop}.
 */
@Timeout(20)
class EventLoopTests {

	private final ManualClock clock = new ManualClock();

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final EventLoop loop = ManualLoops.create(this.clock, (what, failure) -> this.failures.add(what));

	@Test
	void tasksRunInTheOrderInWhichTheyWereGiven() {
		List<Integer> ran = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			int number = i;
			this.loop.execute(() -> ran.add(number));
		}
		this.loop.turn(0);
		assertThat(ran).hasSize(100).isSorted();
	}

	@Test
	void taskThatPostsItselfDoesNotHoldTheLoop() {
		AtomicInteger runs = new AtomicInteger();
		Runnable[] task = new Runnable[1];
		task[0] = () -> {
			runs.incrementAndGet();
			this.loop.execute(task[0]);
		};
		this.loop.execute(task[0]);
		this.loop.turn(0);
		int first = runs.get();
		assertThat(first).isEqualTo(4096);
		this.loop.turn(0);
		assertThat(runs.get()).isEqualTo(2 * first);
	}

	@Test
	void taskThatThrowsIsReportedAndTheNextOneRuns() {
		AtomicInteger runs = new AtomicInteger();
		this.loop.execute(() -> {
			throw new StackOverflowError("expected");
		});
		this.loop.execute(runs::incrementAndGet);
		this.loop.turn(0);
		assertThat(runs).hasValue(1);
		assertThat(this.failures).singleElement().asString().startsWith("running");
	}

	@Test
	void listenerThatThrowsDoesNotEndTheLoop() throws Exception {
		EventLoop real = new EventLoop(TimeUnit.SECONDS.toNanos(1), (what, failure) -> {
			throw new IllegalStateException("expected");
		});
		real.start("loop-under-test");
		CountDownLatch ran = new CountDownLatch(1);
		real.execute(() -> {
			throw new OutOfMemoryError("expected");
		});
		real.execute(ran::countDown);
		assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		real.close().get(10, TimeUnit.SECONDS);
	}

	@Test
	void memberThatThrowsDoesNotKeepTheOthersFromBeingSweptAndFlushed() {
		Member bad = new Member();
		Member good = new Member();
		bad.failing = true;
		this.loop.turn(0);
		this.loop.add(good);
		this.loop.add(bad);
		this.loop.touch(bad);
		this.loop.touch(good);
		this.clock.advance(ManualLoops.SWEEP);
		this.loop.turn(0);
		assertThat(good.flushes).isEqualTo(1);
		assertThat(good.ticks).isEqualTo(1);
		assertThat(this.failures).hasSize(2);
	}

	@Test
	void interruptFlagOfATaskIsCleared() {
		this.loop.execute(() -> Thread.currentThread().interrupt());
		this.loop.turn(0);
		this.loop.turn(0);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void sweepComesWhenItIsDueAndNotBefore() {
		Member member = member();
		this.clock.advance(ManualLoops.SWEEP.minusNanos(1));
		this.loop.turn(0);
		assertThat(member.ticks).isZero();
		this.clock.advance(Duration.ofNanos(1));
		this.loop.turn(0);
		assertThat(member.ticks).isEqualTo(1);
		this.loop.turn(0);
		assertThat(member.ticks).isEqualTo(1);
	}

	@Test
	void sweepCanBeBroughtForwardButNotNearerThan20Ms() {
		Member member = member();
		this.loop.sweepBy(this.loop.now());
		this.clock.advance(Duration.ofMillis(19));
		this.loop.turn(0);
		assertThat(member.ticks).isZero();
		this.clock.advance(Duration.ofMillis(1));
		this.loop.turn(0);
		assertThat(member.ticks).isEqualTo(1);
	}

	@Test
	void sweepIsNeverPutOff() {
		Member member = member();
		this.loop.sweepBy(this.loop.now() + Duration.ofHours(1).toNanos());
		this.clock.advance(ManualLoops.SWEEP);
		this.loop.turn(0);
		assertThat(member.ticks).isEqualTo(1);
	}

	@Test
	void latenessIsHowLongAfterItsTimeASweepComes() {
		this.loop.turn(0);
		this.clock.advance(ManualLoops.SWEEP.plusSeconds(7));
		this.loop.turn(0);
		assertThat(this.loop.lateness()).isEqualTo(Duration.ofSeconds(7).toNanos());
		this.clock.advance(ManualLoops.SWEEP);
		this.loop.turn(0);
		assertThat(this.loop.lateness()).isZero();
	}

	@Test
	void membersMayLeaveDuringTheSweep() {
		List<Member> members = new ArrayList<>();
		this.loop.turn(0);
		for (int i = 0; i < 10; i++) {
			Member member = new Member();
			member.onTick = (i % 2 == 0) ? () -> this.loop.remove(member) : () -> {
			};
			members.add(member);
			this.loop.add(member);
		}
		this.clock.advance(ManualLoops.SWEEP);
		this.loop.turn(0);
		assertThat(members).allMatch((member) -> member.ticks == 1);
		assertThat(this.loop.members()).hasSize(5);
	}

	@Test
	void memberMayTakeAllOthersWithItDuringTheSweep() {
		this.loop.turn(0);
		for (int i = 0; i < 10; i++) {
			Member member = new Member();
			member.onTick = () -> this.loop.members().forEach(this.loop::remove);
			this.loop.add(member);
		}
		this.clock.advance(ManualLoops.SWEEP);
		this.loop.turn(0);
		assertThat(this.loop.members()).isEmpty();
		assertThat(this.failures).isEmpty();
	}

	@Test
	void memberThatTouchesWhileItIsFlushedIsFlushedAgainInTheNextTurn() {
		Member member = member();
		member.onFlush = () -> this.loop.touch(member);
		this.loop.touch(member);
		this.loop.turn(0);
		assertThat(member.flushes).isEqualTo(1);
		this.loop.turn(0);
		assertThat(member.flushes).isEqualTo(2);
	}

	@Test
	void tasksOfTheCourierWakeTheLoopOnceItIsNudged() throws Exception {
		EventLoop real = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what));
		real.start("loop-under-test");
		CountDownLatch some = new CountDownLatch(1);
		real.execute(some::countDown);
		assertThat(some.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(real.becomeCourier()).isTrue();
		assertThat(real.becomeCourier()).isTrue();
		for (int i = 0; i < 1000; i++) {
			CountDownLatch ran = new CountDownLatch(1);
			real.execute(ran::countDown);
			real.nudge();
			assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		}
		CountDownLatch last = new CountDownLatch(1);
		real.execute(last::countDown);
		real.endCourier();
		assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(real.hasCourier()).isFalse();
		real.close().get(10, TimeUnit.SECONDS);
	}

	@Test
	void thereIsOneCourierAtATimeAndTheLoopCanDismissIt() throws Exception {
		CompletableFuture.runAsync(() -> assertThat(this.loop.becomeCourier()).isTrue()).get(10, TimeUnit.SECONDS);
		assertThat(this.loop.becomeCourier()).isFalse();
		this.loop.endCourier();
		assertThat(this.loop.hasCourier()).isTrue();
		this.loop.turn(0);
		this.loop.dismissCourier();
		assertThat(this.loop.becomeCourier()).isTrue();
	}

	@Test
	void anAttendantSaysHowLongTheLoopMaySleep() throws Exception {
		EventLoop real = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what));
		CountDownLatch turns = new CountDownLatch(5);
		real.start("loop-under-test");
		real.execute(() -> real.attend((now) -> {
			turns.countDown();
			return TimeUnit.MILLISECONDS.toNanos(1);
		}));
		assertThat(turns.await(10, TimeUnit.SECONDS)).isTrue();
		real.close().get(10, TimeUnit.SECONDS);
	}

	@Test
	void noWakeUpIsLostAmongManyProducers() throws Exception {
		EventLoop real = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what));
		real.start("loop-under-test");
		int producers = 8;
		int each = 20_000;
		CountDownLatch all = new CountDownLatch(producers * each);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < producers; i++) {
			Thread thread = new Thread(() -> {
				for (int j = 0; j < each; j++) {
					real.execute(all::countDown);
					if (j % 100 == 0) {
						Thread.yield();
					}
				}
			});
			threads.add(thread);
			thread.start();
		}
		// with a sweep an hour away, nothing but a wake-up brings the loop back
		assertThat(all.await(15, TimeUnit.SECONDS)).isTrue();
		for (Thread thread : threads) {
			thread.join();
		}
		for (int i = 0; i < 200; i++) {
			CountDownLatch one = new CountDownLatch(1);
			real.execute(one::countDown);
			assertThat(one.await(10, TimeUnit.SECONDS)).isTrue();
		}
		real.close().get(10, TimeUnit.SECONDS);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void selectorIsWokenOnlyWhenItIsAboutToBlock() throws Exception {
		FakeSelector selector = new FakeSelector(false);
		EventLoop fake = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what),
				() -> selector, System::nanoTime);
		fake.start("loop-under-test");
		CountDownLatch ran = new CountDownLatch(50_000);
		Thread other = new Thread(() -> {
			for (int i = 0; i < 25_000; i++) {
				fake.execute(ran::countDown);
			}
		});
		other.start();
		for (int i = 0; i < 25_000; i++) {
			fake.execute(ran::countDown);
		}
		assertThat(ran.await(15, TimeUnit.SECONDS)).isTrue();
		other.join();
		fake.close().get(10, TimeUnit.SECONDS);
		assertThat(selector.wakeUps.get()).isLessThanOrEqualTo(selector.selects.get() + 1);
	}

	@Test
	void selectorThatReturnsAtOnceAgainAndAgainIsReplaced() throws Exception {
		List<FakeSelector> opened = new ArrayList<>();
		EventLoop spinning = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what),
				() -> {
					opened.add(new FakeSelector(true));
					return opened.get(opened.size() - 1);
				}, this.clock);
		spinning.turn(Long.MAX_VALUE);
		for (int i = 0; i < 512; i++) {
			spinning.turn(Long.MAX_VALUE);
		}
		assertThat(opened).hasSize(1);
		spinning.turn(Long.MAX_VALUE);
		assertThat(opened).hasSize(2);
		assertThat(opened.get(0).isOpen()).isFalse();
		assertThat(opened.get(1).isOpen()).isTrue();
		assertThat(this.failures).isEmpty();
	}

	@Test
	void selectorThatThrowsIsReplaced() throws Exception {
		List<FakeSelector> opened = new ArrayList<>();
		EventLoop failing = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what), () -> {
			FakeSelector selector = new FakeSelector(true);
			selector.failing = opened.isEmpty();
			opened.add(selector);
			return selector;
		}, this.clock);
		failing.turn(0);
		AtomicInteger runs = new AtomicInteger();
		failing.execute(runs::incrementAndGet);
		failing.turn(0);
		assertThat(opened).hasSize(2);
		assertThat(runs).hasValue(1);
		assertThat(this.failures).containsExactly("selecting");
	}

	@Test
	void tasksGivenBeforeTheCloseStillRun() throws Exception {
		EventLoop real = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> this.failures.add(what));
		real.start("loop-under-test");
		AtomicInteger runs = new AtomicInteger();
		for (int i = 0; i < 10_000; i++) {
			real.execute(runs::incrementAndGet);
		}
		real.close().get(10, TimeUnit.SECONDS);
		assertThat(runs).hasValue(10_000);
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().equals("loop-under-test")));
	}

	private Member member() {
		Member member = new Member();
		this.loop.turn(0);
		this.loop.add(member);
		return member;
	}

	private static final class Member implements LoopMember {

		private int ticks;

		private int flushes;

		private int slot;

		private boolean failing;

		private Runnable onTick = () -> {
		};

		private Runnable onFlush = () -> {
		};

		@Override
		public void tick(long now) {
			this.ticks++;
			this.onTick.run();
			fail();
		}

		@Override
		public void flush() {
			this.flushes++;
			this.onFlush.run();
			fail();
		}

		private void fail() {
			if (this.failing) {
				throw new IllegalStateException("expected");
			}
		}

		@Override
		public int slot() {
			return this.slot;
		}

		@Override
		public void slot(int slot) {
			this.slot = slot;
		}

	}

	/** Counts, and either never waits or waits only to be woken. */
	private static final class FakeSelector extends AbstractSelector {

		private final boolean spinning;

		private final AtomicInteger selects = new AtomicInteger();

		private final AtomicInteger wakeUps = new AtomicInteger();

		private final Semaphore awake = new Semaphore(0);

		private boolean failing;

		FakeSelector(boolean spinning) {
			super(SelectorProvider.provider());
			this.spinning = spinning;
		}

		@Override
		public int select(long timeout) {
			this.selects.incrementAndGet();
			if (this.failing) {
				throw new CancelledKeyException();
			}
			if (!this.spinning) {
				this.awake.acquireUninterruptibly();
				this.awake.drainPermits();
			}
			return 0;
		}

		@Override
		public int select() {
			return select(0);
		}

		@Override
		public int selectNow() {
			this.selects.incrementAndGet();
			if (this.failing) {
				throw new CancelledKeyException();
			}
			this.awake.drainPermits();
			return 0;
		}

		@Override
		public Selector wakeup() {
			this.wakeUps.incrementAndGet();
			this.awake.release();
			return this;
		}

		@Override
		public Set<SelectionKey> keys() {
			return Set.of();
		}

		@Override
		public Set<SelectionKey> selectedKeys() {
			return new HashSet<>();
		}

		@Override
		protected void implCloseSelector() throws IOException {
			this.awake.release();
		}

		@Override
		protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
			throw new UnsupportedOperationException();
		}

	}

}
