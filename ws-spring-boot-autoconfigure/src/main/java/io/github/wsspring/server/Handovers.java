package io.github.wsspring.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.github.wsspring.transport.EventLoop;

/**
 * The {@link Handover} of each event loop to each executor. Safe for all threads.
 */
final class Handovers {

	private final Map<Way, Handover> handovers = new ConcurrentHashMap<>();

	/**
	 * The way from a loop, which is the caller, to an executor.
	 */
	Handover of(EventLoop loop, Executor executor) {
		assert loop.inLoop();
		return this.handovers.computeIfAbsent(new Way(loop, executor), (way) -> {
			Handover handover = new Handover(loop, executor);
			loop.attend(handover);
			return handover;
		});
	}

	/** Both by identity, as long as the executor has no equality of its own. */
	private record Way(EventLoop loop, Executor executor) {

	}

}
