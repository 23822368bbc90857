package io.github.wsspring.server;

import java.time.Duration;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.awaitility.Awaitility.await;

/**
 * Fails a test that leaves threads of the engine behind.
 */
final class LeakGate implements BeforeEachCallback, AfterEachCallback {

	private long before;

	@Override
	public void beforeEach(ExtensionContext context) {
		this.before = threads();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		await("threads are back to what they were").atMost(Duration.ofSeconds(10))
			.until(() -> threads() <= this.before);
	}

	/** Waits until a server has neither connections nor sessions. */
	static void empty(WsServer server, SessionRegistry registry) {
		await("connections and sessions are gone").atMost(Duration.ofSeconds(10))
			.until(() -> server.connections() == 0 && registry.sessions().isEmpty());
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("ws-"))
			.count();
	}

}
