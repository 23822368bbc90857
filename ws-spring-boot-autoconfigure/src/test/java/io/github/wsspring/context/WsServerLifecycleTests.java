package io.github.wsspring.context;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.wsspring.server.ServerOptions;
import io.github.wsspring.server.WsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link WsServerLifecycle}.
 */
class WsServerLifecycleTests {

	private final CompletableFuture<Void> shutdown = new CompletableFuture<>();

	private final WsServer first = server(4711);

	private final WsServer second = server(4712);

	private final Deque<WsServer> servers = new ArrayDeque<>(List.of(this.first, this.second));

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final WsServerLifecycle lifecycle = new WsServerLifecycle(ServerOptions.DEFAULTS, this.servers::remove,
			this.context);

	WsServerLifecycleTests() {
		this.context.refresh();
	}

	@AfterEach
	void endKeepAlive() {
		this.shutdown.complete(null);
		this.lifecycle.stop();
		this.context.close();
	}

	@Test
	void whenStartedThenPortIsPublishedBeforeTheEvent() {
		StringBuilder seen = new StringBuilder();
		this.context.addApplicationListener(
				(ApplicationListener<WsServerInitializedEvent>) (event) -> seen.append(event.getPort())
					.append(" ")
					.append(this.context.getEnvironment().getProperty("local.ws.port")));
		this.lifecycle.start();
		assertThat(seen).hasToString("4711 4711");
	}

	@Test
	void whenThereIsNoPortThenTheEventSaysSoAndNothingIsPublished() {
		given(this.first.hasPort()).willReturn(false);
		StringBuilder seen = new StringBuilder();
		this.context.addApplicationListener(
				(ApplicationListener<WsServerInitializedEvent>) (event) -> seen.append(event.getPort())
					.append(" ")
					.append(this.context.getEnvironment().getProperty("local.ws.port")));
		this.lifecycle.start();
		assertThat(seen).hasToString("-1 null");
	}

	@Test
	void whenStartedThenParentsKnowThePort() {
		GenericApplicationContext parent = new GenericApplicationContext();
		this.context.setParent(parent);
		this.lifecycle.start();
		assertThat(parent.getEnvironment().getProperty("local.ws.port", int.class)).isEqualTo(4711);
	}

	@Test
	void whenStartedThenOneThreadThatIsNoDaemonKeepsTheJvmAlive() {
		this.lifecycle.start();
		assertThat(keepAliveThreads()).singleElement().matches((thread) -> !thread.isDaemon());
		this.shutdown.complete(null);
		this.lifecycle.stop();
		assertThat(keepAliveThreads()).allSatisfy((thread) -> thread.join(10_000));
		assertThat(keepAliveThreads()).isEmpty();
	}

	@Test
	void whenKeepAliveThreadIsInterruptedThenItStays() throws Exception {
		this.lifecycle.start();
		Thread thread = keepAliveThreads().get(0);
		thread.interrupt();
		thread.join(50);
		assertThat(thread.isAlive()).isTrue();
	}

	@Test
	void whenStartedTwiceThenThereIsOneServer() {
		this.lifecycle.start();
		this.lifecycle.start();
		assertThat(this.lifecycle.getServer()).isSameAs(this.first);
		assertThat(this.servers).containsExactly(this.second);
	}

	@Test
	void whenPortCannotBeOpenedThenItIsNamedAndNothingRuns() throws Exception {
		BindException failure = new BindException("Address already in use");
		willThrow(failure).given(this.first).start();
		assertThatExceptionOfType(WsServerStartException.class).isThrownBy(this.lifecycle::start)
			.withCause(failure)
			.satisfies((ex) -> assertThat(ex.getPort()).isEqualTo(ServerOptions.DEFAULTS.port()));
		assertThat(this.lifecycle.isRunning()).isFalse();
		assertThat(keepAliveThreads()).isEmpty();
	}

	@Test
	void stopDoesNotWaitButCallsBackWhenNothingIsLeft() {
		AtomicInteger calls = new AtomicInteger();
		this.lifecycle.start();
		this.lifecycle.stop(calls::incrementAndGet);
		verify(this.first).shutdown();
		assertThat(calls).hasValue(0);
		assertThat(this.lifecycle.isRunning()).isTrue();
		this.shutdown.complete(null);
		assertThat(calls).hasValue(1);
		assertThat(this.lifecycle.isRunning()).isFalse();
	}

	@Test
	void whenShutdownFailsThenCallbackIsCalledAllTheSame() {
		AtomicInteger calls = new AtomicInteger();
		this.lifecycle.start();
		this.shutdown.completeExceptionally(new IllegalStateException("boom"));
		this.lifecycle.stop(calls::incrementAndGet);
		assertThat(calls).hasValue(1);
		assertThat(this.lifecycle.isRunning()).isFalse();
	}

	@Test
	void whenNotRunningThenStopCallsBackAtOnce() {
		AtomicInteger calls = new AtomicInteger();
		this.lifecycle.stop(calls::incrementAndGet);
		assertThat(calls).hasValue(1);
		verify(this.first, never()).shutdown();
	}

	@Test
	void whenStartedAgainThenThereIsAFreshServer() {
		this.shutdown.complete(null);
		this.lifecycle.start();
		this.lifecycle.stop();
		this.lifecycle.start();
		assertThat(this.lifecycle.getServer()).isSameAs(this.second);
		assertThat(this.context.getEnvironment().getProperty("local.ws.port")).isEqualTo("4712");
	}

	@Test
	void startsByItselfAndDoesNotPause() {
		assertThat(this.lifecycle.isAutoStartup()).isTrue();
		assertThat(this.lifecycle.isPauseable()).isFalse();
	}

	private WsServer server(int port) {
		WsServer server = mock(WsServer.class);
		given(server.hasPort()).willReturn(true);
		given(server.address()).willReturn(new InetSocketAddress("127.0.0.1", port));
		given(server.shutdown()).willReturn(this.shutdown);
		return server;
	}

	private static List<Thread> keepAliveThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("ws-keep-alive"))
			.toList();
	}

}
