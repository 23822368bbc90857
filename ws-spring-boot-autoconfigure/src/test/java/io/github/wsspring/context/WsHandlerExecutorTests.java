package io.github.wsspring.context;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link WsHandlerExecutor}.
 */
class WsHandlerExecutorTests {

	@Test
	void poolUsesDaemonsThatAreNamed() throws Exception {
		WsHandlerExecutor executor = WsHandlerExecutor.pool(1);
		Thread thread = threadOf(executor);
		assertThat(thread.getName()).startsWith("ws-handler-");
		assertThat(thread.isDaemon()).isTrue();
		executor.destroy();
	}

	@Test
	void poolQueuesWhatItHasNoThreadFor() throws Exception {
		WsHandlerExecutor executor = WsHandlerExecutor.pool(2);
		CountDownLatch running = new CountDownLatch(2);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(100);
		for (int i = 0; i < 100; i++) {
			executor.executor().execute(() -> {
				running.countDown();
				await(release);
				done.countDown();
			});
		}
		assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(done.getCount()).isEqualTo(100);
		release.countDown();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		executor.destroy();
	}

	@Test
	void whenDestroyedThenPoolFinishesItsQueueAndRefusesMore() throws Exception {
		WsHandlerExecutor executor = WsHandlerExecutor.pool(1);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(2);
		for (int i = 0; i < 2; i++) {
			executor.executor().execute(() -> {
				await(release);
				done.countDown();
			});
		}
		executor.destroy();
		release.countDown();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.executor().execute(() -> {
		}));
	}

	@Test
	void whenDestroyedThenForeignExecutorStays() {
		WsHandlerExecutor executor = WsHandlerExecutor.of(Runnable::run);
		executor.destroy();
		assertThatNoException().isThrownBy(() -> executor.executor().execute(() -> {
		}));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsAreNamed() throws Exception {
		assertThat(threadOf(WsHandlerExecutor.virtualThreads()).getName()).startsWith("ws-handler-");
	}

	private static Thread threadOf(WsHandlerExecutor executor) throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		executor.executor().execute(() -> thread.complete(Thread.currentThread()));
		return thread.get(10, TimeUnit.SECONDS);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
