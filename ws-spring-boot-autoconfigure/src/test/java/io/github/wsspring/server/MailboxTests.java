package io.github.wsspring.server;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link Mailbox} among real threads.
 */
@Timeout(30)
class MailboxTests {

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	@AfterEach
	void shutDown() throws InterruptedException {
		this.executor.shutdownNow();
		assertThat(this.executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void manySessionsOnFewThreadsLoseNothingKeepOrderAndNeverOverlap() {
		long seed = ThreadLocalRandom.current().nextLong();
		System.out.println("MailboxTests seed " + seed);
		Random random = new Random(seed);
		Engine engine = new Engine();
		engine.executor = this.executor;
		engine.maxPending = 1 + random.nextInt(4);
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger disorder = new AtomicInteger();
		AtomicInteger received = new AtomicInteger();
		engine.handler = new RecordingHandler();
		engine.handler.onOpen = (session, argument) -> {
			session.attach(new int[2]);
			return null;
		};
		engine.handler.onText = (session, argument) -> {
			int[] state = (int[]) session.attachment();
			if (state == null || state[0]++ != 0) {
				overlaps.incrementAndGet();
			}
			else if (state[1]++ != Integer.parseInt(argument.toString())) {
				disorder.incrementAndGet();
			}
			CompletableFuture<Void> later = (received.incrementAndGet() % 3 == 0) ? new CompletableFuture<>() : null;
			if (state != null) {
				state[0] = 0;
			}
			if (later != null) {
				this.executor.execute(() -> later.complete(null));
			}
			return later;
		};
		int sessions = 10;
		int each = 1000;
		for (int i = 0; i < sessions; i++) {
			engine.open();
		}
		for (int i = 0; i < each; i++) {
			for (Peer peer : engine.peers) {
				peer.transport.feed(Wire.text(Integer.toString(i)));
			}
			if (random.nextInt(4) == 0) {
				engine.settle();
			}
		}
		while (received.get() < sessions * each) {
			engine.settle();
			Thread.yield();
		}
		engine.peers.forEach((peer) -> peer.send(Wire.close(1000, "")));
		while (engine.listener.closed.size() < sessions) {
			engine.settle();
			Thread.yield();
		}
		assertThat(overlaps).hasValue(0);
		assertThat(disorder).hasValue(0);
		assertThat(engine.listener.engineFailures).isEmpty();
		assertThat(engine.peers).allMatch((peer) -> peer.transport.readInterest);
	}

}
