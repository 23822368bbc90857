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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
	void memberIsNotTickedBeforeTheTimeItSays() {
		Member member = member();
		member.wait = Duration.ofSeconds(2).toNanos();
		sweep();
		assertThat(member.ticks).isEqualTo(1);
		sweeps(7);
		assertThat(member.ticks).isEqualTo(1);
		sweep();
		assertThat(member.ticks).isEqualTo(2);
		sweeps(8);
		assertThat(member.ticks).isEqualTo(3);
	}

	@Test
	void memberThatSaysItHasNoTimeIsLeftAlone() {
		Member member = member();
		member.wait = LoopMember.NEVER;
		sweeps(1000);
		assertThat(member.ticks).isEqualTo(1);
		this.loop.tickSoon(member);
		sweeps(1000);
		assertThat(member.ticks).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1_000_000_000L, 0, Long.MAX_VALUE - 1_000_000_000L })
	void timesAreComparedWhateverTheClockShows(long start) {
		ManualClock other = new ManualClock(start);
		EventLoop loop = ManualLoops.create(other, (what, failure) -> this.failures.add(what));
		loop.turn(0);
		Member quiet = new Member();
		quiet.wait = LoopMember.NEVER;
		Member lively = new Member();
		lively.wait = Duration.ofSeconds(1).toNanos();
		loop.add(quiet);
		loop.add(lively);
		for (int i = 0; i < 20; i++) {
			other.advance(ManualLoops.SWEEP);
			loop.turn(0);
		}
		assertThat(quiet.ticks).isEqualTo(1);
		assertThat(lively.ticks).isEqualTo(5);
	}

	@Test
	void memberCanAskForATickBeforeTheTimeItHasSaid() {
		Member member = member();
		member.wait = LoopMember.NEVER;
		sweep();
		this.loop.tickSoon(member);
		this.loop.turn(0);
		assertThat(member.ticks).isEqualTo(1);
		sweep();
		assertThat(member.ticks).isEqualTo(2);
		sweep();
		assertThat(member.ticks).isEqualTo(2);
	}

	@Test
	void whatAMemberAsksForInItsOwnTickCounts() {
		Member member = member();
		member.wait = LoopMember.NEVER;
		member.onTick = () -> this.loop.tickSoon(member);
		sweep();
		assertThat(member.ticks).isEqualTo(1);
		sweep();
		assertThat(member.ticks).isEqualTo(2);
	}

	@Test
	void memberThatFailsIsTickedInTheNextSweep() {
		Member member = member();
		member.wait = LoopMember.NEVER;
		member.failing = true;
		sweep();
		member.failing = false;
		sweeps(3);
		assertThat(member.ticks).isEqualTo(2);
	}

	@Test
	void memberThatCannotEvenBeNamedIsTickedInTheNextSweep() {
		Member member = member();
		member.wait = LoopMember.NEVER;
		member.failing = true;
		member.nameless = true;
		sweep();
		member.failing = false;
		sweep();
		assertThat(member.ticks).isEqualTo(2);
	}

	@Test
	void timeOfAMemberMovesWithIt() {
		Member first = member();
		Member last = member();
		first.wait = LoopMember.NEVER;
		last.wait = Duration.ofSeconds(1).toNanos();
		sweep();
		this.loop.remove(first);
		sweeps(3);
		assertThat(last.ticks).isEqualTo(1);
		sweep();
		assertThat(last.ticks).isEqualTo(2);
		assertThat(first.ticks).isEqualTo(1);
	}

	@Test
	void memberThatIsMovedInItsOwnTickKeepsTheTimeItSays() {
		Member first = member();
		Member last = member();
		first.wait = LoopMember.NEVER;
		last.wait = Duration.ofSeconds(1).toNanos();
		last.onTick = () -> this.loop.members().stream().filter((member) -> member == first).forEach(this.loop::remove);
		sweeps(4);
		assertThat(last.ticks).isEqualTo(1);
		sweep();
		assertThat(last.ticks).isEqualTo(2);
		assertThat(first.ticks).isZero();
	}

	@Test
	void whoIsNoMemberAnyMoreDisturbsNobody() {
		Member gone = member();
		Member other = member();
		other.wait = LoopMember.NEVER;
		sweep();
		this.loop.remove(gone);
		this.loop.tickSoon(gone);
		gone.slot = 1000;
		this.loop.tickSoon(gone);
		sweep();
		assertThat(other.ticks).isEqualTo(1);
	}

	@Test
	void manyMembersAreEachTickedInTheirTime() {
		List<Member> members = new ArrayList<>();
		this.loop.turn(0);
		for (int i = 0; i < 1000; i++) {
			Member member = new Member();
			member.wait = (i % 100) * ManualLoops.SWEEP.toNanos();
			members.add(member);
			this.loop.add(member);
		}
		for (int i = 0; i < 1000; i += 3) {
			this.loop.remove(members.get(i));
		}
		sweeps(1 + 99 * 100);
		for (int i = 0; i < 1000; i++) {
			int every = Math.max(i % 100, 1);
			assertThat(members.get(i).ticks).isEqualTo((i % 3 == 0) ? 0 : 1 + 99 * 100 / every);
		}
	}

	@Test
	void sweepMuchTooLateTicksAllMembers() {
		Member member = member();
		member.wait = LoopMember.NEVER;
		sweep();
		this.clock.advance(ManualLoops.SWEEP.plusSeconds(5));
		this.loop.turn(0);
		assertThat(this.loop.isAfterPause()).isFalse();
		assertThat(member.ticks).isEqualTo(1);
		this.clock.advance(ManualLoops.SWEEP.plusSeconds(5).plusNanos(1));
		this.loop.turn(0);
		assertThat(this.loop.isAfterPause()).isTrue();
		assertThat(member.ticks).isEqualTo(2);
		sweep();
		assertThat(this.loop.isAfterPause()).isFalse();
		assertThat(member.ticks).isEqualTo(2);
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

	private void sweep() {
		sweeps(1);
	}

	private void sweeps(int count) {
		for (int i = 0; i < count; i++) {
			this.clock.advance(ManualLoops.SWEEP);
			this.loop.turn(0);
		}
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

		private boolean nameless;

		private long wait;

		private Runnable onTick = () -> {
		};

		private Runnable onFlush = () -> {
		};

		@Override
		public long tick(long now) {
			this.ticks++;
			this.onTick.run();
			fail();
			return this.wait;
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

		@Override
		public String toString() {
			if (this.nameless) {
				throw new OutOfMemoryError("expected");
			}
			return "member";
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
