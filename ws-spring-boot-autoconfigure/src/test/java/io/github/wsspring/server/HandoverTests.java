package io.github.wsspring.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.github.wsspring.protocol.PreparedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requirements for {@link Handover}.
 */
@Timeout(60)
class HandoverTests {

	private static final Duration PATIENCE = Duration.ofNanos(Handover.PATIENCE_NANOS);

	private final ManualExecutor executor = new ManualExecutor();

	private final Engine engine = new Engine();

	@Test
	void whatBecomesReadyInOneTurnIsOneTask() {
		List<Peer> peers = open(10);
		feed(peers, "a");
		this.engine.loop.turn(0);
		assertThat(this.executor.waiting()).isOne();
		this.engine.runHandlers(this.executor);
		assertThat(peers).allSatisfy((peer) -> assertThat(peer.frames()).hasSize(1));
	}

	@Test
	void aLongTurnDoesNotKeepItsFirstMessagesUntilItsEnd() {
		List<Peer> peers = open(64);
		feed(peers.subList(0, 63), "a");
		assertThat(this.executor.waiting()).isZero();
		feed(peers.subList(63, 64), "a");
		assertThat(this.executor.waiting()).isOne();
	}

	@Test
	void whatIsLeftAfterAWhileGetsTwiceAsManyRunnersEachTime() {
		List<Peer> peers = open(10);
		feed(peers, "a");
		this.engine.loop.turn(0);
		List<Integer> tasks = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			tasks.add(this.executor.waiting());
			this.engine.sleep(PATIENCE);
		}
		// never more than there are messages
		assertThat(tasks).containsExactly(1, 2, 4, 8, 10);
		this.engine.runHandlers(this.executor);
		assertThat(peers).allSatisfy((peer) -> assertThat(peer.frames()).hasSize(1));
	}

	@Test
	void whatWasLearnedAboutSlowHandlersIsForgottenWhenTheyAreQuick() {
		List<Peer> peers = open(4);
		feed(peers, "a");
		this.engine.loop.turn(0);
		this.engine.sleep(PATIENCE);
		this.engine.sleep(PATIENCE);
		this.engine.runHandlers(this.executor);
		feed(peers, "b");
		this.engine.loop.turn(0);
		assertThat(this.executor.waiting()).isEqualTo(4);
		for (int i = 0; i < 200; i++) {
			this.engine.runHandlers(this.executor);
			feed(peers, "c");
			this.engine.loop.turn(0);
		}
		assertThat(this.executor.waiting()).isOne();
	}

	@Test
	void whatHasJustComeIsNotLate() throws Exception {
		Semaphore permits = new Semaphore(0);
		List<Peer> peers = open(2);
		this.engine.handler.onText = (session, argument) -> {
			assertThat(permits.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
			return null;
		};
		feed(peers.subList(0, 1), "a");
		this.engine.loop.turn(0);
		Thread busy = this.executor.runOne();
		await().until(permits::hasQueuedThreads);
		this.engine.clock.advance(PATIENCE.multipliedBy(10));
		feed(peers.subList(1, 2), "b");
		this.engine.loop.turn(0);
		this.engine.loop.turn(0);
		assertThat(this.executor.waiting()).isZero();
		this.engine.clock.advance(PATIENCE);
		this.engine.loop.turn(0);
		assertThat(this.executor.waiting()).isOne();
		permits.release(2);
		busy.join(10_000);
		this.engine.runHandlers(this.executor);
		assertThat(this.engine.handler.events).endsWith("text a", "text b");
	}

	@Test
	void whatARunnerLeavesWhenItDiesIsForTheNextOne() {
		List<Peer> peers = open(2, (task) -> this.executor.execute(() -> {
			try {
				task.run();
			}
			catch (IllegalStateException ex) {
				assertThat(ex).hasMessage("expected");
			}
		}));
		CompletableFuture<Void> deadly = new CompletableFuture<>() {

			@Override
			public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
				throw new IllegalStateException("expected");
			}

		};
		this.engine.handler.onText = (session, argument) -> argument.equals("deadly") ? deadly : null;
		feed(peers.subList(0, 1), "deadly");
		feed(peers.subList(1, 2), "a");
		this.engine.loop.turn(0);
		this.engine.runHandlers(this.executor);
		assertThat(this.engine.handler.events).endsWith("text deadly");
		this.engine.sleep(PATIENCE);
		this.engine.runHandlers(this.executor);
		assertThat(this.engine.handler.events).endsWith("text deadly", "text a");
	}

	@Test
	void whoeverElseWantsAThreadGetsItBetweenMessagesThatNeverEnd() throws Exception {
		Semaphore begun = new Semaphore(0);
		Semaphore permits = new Semaphore(0);
		CountDownLatch other = new CountDownLatch(1);
		ExecutorService single = Executors.newSingleThreadExecutor();
		try {
			List<Peer> peers = open(2, single);
			this.engine.handler.onText = (session, argument) -> {
				begun.release();
				assertThat(permits.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
				return null;
			};
			int rounds = 0;
			feed(peers.subList(0, 1), "0");
			this.engine.loop.turn(0);
			assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			single.execute(other::countDown);
			while (other.getCount() > 0 && rounds < 5000) {
				rounds++;
				// while one of them is being handled, the other one has something to say
				feed(peers.subList(rounds % 2, rounds % 2 + 1), "x");
				this.engine.loop.turn(0);
				permits.release();
				assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			}
			permits.release();
			assertThat(other.getCount()).isZero();
		}
		finally {
			single.shutdownNow();
		}
	}

	@Test
	void aCallerThatRunsEverythingItselfGoesOnWithoutNesting() {
		AtomicInteger inside = new AtomicInteger();
		List<Peer> peers = open(20, Runnable::run);
		this.engine.handler.onText = (session, argument) -> {
			assertThat(inside.getAndIncrement()).isZero();
			long begin = System.nanoTime();
			while (System.nanoTime() - begin < 2 * Handover.PATIENCE_NANOS) {
				Thread.onSpinWait();
			}
			inside.decrementAndGet();
			session.send(PreparedMessage.text(argument + " " + new Throwable().getStackTrace().length));
			return null;
		};
		feed(peers, "depth");
		this.engine.settle();
		List<String> answers = peers.stream().flatMap((peer) -> peer.frames().stream()).toList();
		assertThat(answers).hasSize(20);
		assertThat(Set.copyOf(answers)).hasSize(1);
	}

	@Test
	void anExecutorThatFailsIsAskedAgain() {
		AtomicInteger failures = new AtomicInteger();
		List<Peer> peers = open(2, (task) -> {
			if (failures.getAndUpdate((left) -> Math.max(left - 1, 0)) > 0) {
				throw new IllegalStateException("expected");
			}
			this.executor.execute(task);
		});
		failures.set(1);
		peers.get(0).send(Wire.text("a"));
		this.engine.runHandlers(this.executor);
		assertThat(peers.get(0).frames()).containsExactly("close 1013");
		peers.get(1).send(Wire.text("b"));
		this.engine.runHandlers(this.executor);
		assertThat(peers.get(1).frames()).containsExactly("text b");
		assertThat(this.engine.listener.engineFailures).hasSize(1);
	}

	@Test
	void blockedHandlersHoldUpNobody() throws Exception {
		int sessions = 16;
		CountDownLatch together = new CountDownLatch(sessions);
		RecordingHandler handler = new RecordingHandler();
		handler.onText = (session, argument) -> {
			together.countDown();
			assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
			session.send(PreparedMessage.text("all " + argument));
			return null;
		};
		ExecutorService pool = Executors.newFixedThreadPool(sessions);
		List<RawClient> clients = new ArrayList<>();
		try (TestServer server = new TestServer(handler, pool, SessionOptions.DEFAULTS)) {
			for (int i = 0; i < sessions; i++) {
				RawClient client = server.connect();
				clients.add(client);
				client.send("at once");
			}
			for (RawClient client : clients) {
				assertThat(client.read()).isEqualTo("all at once");
				client.close();
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	@Test
	void whatIsSentBeforeAHandlerBlocksDoesNotWaitForIt() throws Exception {
		Semaphore permits = new Semaphore(0);
		RecordingHandler handler = new RecordingHandler();
		handler.onText = (session, argument) -> {
			session.send(PreparedMessage.text("begun"));
			assertThat(permits.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
			session.send(PreparedMessage.text("done"));
			return null;
		};
		ExecutorService pool = Executors.newFixedThreadPool(2);
		try (TestServer server = new TestServer(handler, pool, SessionOptions.DEFAULTS);
				RawClient client = server.connect()) {
			for (int i = 0; i < 20; i++) {
				client.send("go");
				assertThat(client.read()).isEqualTo("begun");
				permits.release();
				assertThat(client.read()).isEqualTo("done");
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	private List<Peer> open(int count) {
		return open(count, this.executor);
	}

	private List<Peer> open(int count, Executor executor) {
		this.engine.executor = executor;
		this.engine.handler = new RecordingHandler();
		this.engine.handler.onText = RecordingHandler.echo();
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Peer peer = this.engine.open();
			peers.add(peer);
			this.engine.runHandlers(this.executor);
		}
		return peers;
	}

	private void feed(List<Peer> peers, String text) {
		peers.forEach((peer) -> {
			peer.transport.feed(Wire.text(text));
			peer.serve();
		});
	}

}
