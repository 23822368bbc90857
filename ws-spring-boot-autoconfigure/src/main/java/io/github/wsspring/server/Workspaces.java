package io.github.wsspring.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.wsspring.protocol.TextWorkspace;
import io.github.wsspring.transport.EventLoop;

/**
 * The {@link TextWorkspace} of each event loop. Safe for all threads.
 */
final class Workspaces {

	private final Map<EventLoop, TextWorkspace> workspaces = new ConcurrentHashMap<>();

	/**
	 * The workspace of a loop, which is the caller.
	 */
	TextWorkspace of(EventLoop loop) {
		assert loop.inLoop();
		return this.workspaces.computeIfAbsent(loop, (key) -> new TextWorkspace());
	}

}
