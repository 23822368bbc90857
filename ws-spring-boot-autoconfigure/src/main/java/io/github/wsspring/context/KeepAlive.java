package io.github.wsspring.context;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Holds the JVM up by one thread that is no daemon, as the threads of server and handlers
 * all are daemons: an application without a web server would end right after its start.
 */
final class KeepAlive {

	private volatile @Nullable Thread thread;

	void start() {
		Thread thread = new Thread(this::await, "ws-keep-alive");
		thread.setDaemon(false);
		this.thread = thread;
		thread.start();
	}

	void stop() {
		Thread thread = this.thread;
		this.thread = null;
		LockSupport.unpark(thread);
	}

	private void await() {
		while (this.thread == Thread.currentThread()) {
			// An interrupt would make parking return at once, again and again.
			Thread.interrupted();
			LockSupport.park(this);
		}
	}

}
