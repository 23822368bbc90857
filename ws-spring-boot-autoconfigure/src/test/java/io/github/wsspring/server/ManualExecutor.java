package io.github.wsspring.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks when a test says so, off the event loop.
 */
final class ManualExecutor implements Executor {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	boolean rejecting;

	@Override
	public void execute(Runnable task) {
		if (this.rejecting) {
			throw new RejectedExecutionException("expected");
		}
		this.tasks.add(task);
	}

	int waiting() {
		return this.tasks.size();
	}

	/**
	 * Runs the task that waits the longest, on a thread that the caller need not wait
	 * for.
	 */
	Thread runOne() {
		Thread thread = new Thread(this.tasks.remove(), "handler");
		thread.start();
		return thread;
	}

	/** Runs what waits and what it brings about, on another thread than the loop's. */
	void runAll() {
		Thread thread = new Thread(() -> {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				task.run();
			}
		}, "handler");
		thread.start();
		try {
			thread.join(10_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (thread.isAlive()) {
			throw new AssertionError("The handler does not come to an end");
		}
	}

}
