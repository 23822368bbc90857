package io.github.wsspring.context;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Where handlers are called: the executor of all endpoints that may block.
 * <p>
 * It takes work until its bean is destroyed, which is after the server's shutdown: unlike
 * Spring's own task executors it does not refuse when the context begins to close, as
 * messages that arrived before are still to be handled. It is no {@link Executor} itself,
 * so that Spring Boot still makes its {@code applicationTaskExecutor}.
 * <p>
 * To bring your own executor, declare a bean of this type.
 */
public final class WsHandlerExecutor implements DisposableBean {

	private static final String THREAD_NAME_PREFIX = "ws-handler-";

	private final Executor executor;

	private final Runnable shutdown;

	private WsHandlerExecutor(Executor executor, Runnable shutdown) {
		this.executor = executor;
		this.shutdown = shutdown;
	}

	/**
	 * Uses an executor that somebody else shuts down.
	 * @param executor an executor that takes work until the server's shutdown is complete
	 * @return the handler executor
	 */
	public static WsHandlerExecutor of(Executor executor) {
		return new WsHandlerExecutor(executor, () -> {
		});
	}

	/**
	 * Uses a virtual thread per task.
	 * @return the handler executor
	 * @throws UnsupportedOperationException if the JVM has no virtual threads
	 */
	public static WsHandlerExecutor virtualThreads() {
		return of(new VirtualThreadTaskExecutor(THREAD_NAME_PREFIX));
	}

	/**
	 * Uses a fixed number of platform threads, which start on demand and end when they
	 * have nothing to do for a minute.
	 * <p>
	 * The queue has no limit of its own: a task works off what several sessions have
	 * handed over, each of which stops reading when too much waits, so it is never much
	 * longer than the number of sessions. The threads are daemons: how long handlers may
	 * take is what the server's grace period says, and a handler that hangs must not hold
	 * up the JVM beyond it.
	 * @param threads how many handlers can run at a time
	 * @return the handler executor
	 */
	public static WsHandlerExecutor pool(int threads) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(THREAD_NAME_PREFIX);
		factory.setDaemon(true);
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 60, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), factory);
		pool.allowCoreThreadTimeOut(true);
		return new WsHandlerExecutor(pool, pool::shutdown);
	}

	/**
	 * The executor itself.
	 * @return the executor
	 */
	public Executor executor() {
		return this.executor;
	}

	@Override
	public void destroy() {
		this.shutdown.run();
	}

}
