package io.github.wsspring.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.wsspring.server.Session;

/**
 * A future that does not let the event loop wait for what only the event loop can bring.
 *
 * @param <T> the type of the result
 */
class LoopAwareFuture<T> extends CompletableFuture<T> {

	private final Session session;

	LoopAwareFuture(Session session) {
		this.session = session;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new LoopAwareFuture<>(this.session);
	}

	@Override
	public T join() {
		checkLoop();
		return super.join();
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		checkLoop();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		checkLoop();
		return super.get(timeout, unit);
	}

	final void checkLoop() {
		if (!isDone() && this.session.inLoop()) {
			throw new IllegalStateException(
					"Who waits on the event loop keeps the answer from arriving; return the stage, or set execution = Execution.TASK");
		}
	}

}
