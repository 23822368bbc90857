package io.github.wsspring.context;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.Session;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes what the engine tells as application events.
 * <p>
 * Listeners are called on the handler executor, one event at a time and in order, so that
 * they may block, though not the sessions. If they are too slow for the events, so that
 * {@value #MAX_PENDING} wait, further ones are lost, which is logged. An event that
 * nobody listens to is not even created; who listens is found out once, when the first
 * event of its kind could be published.
 */
public final class WsEventPublisher implements ServerListener {

	static final int MAX_PENDING = 10_000;

	/** After so many events others have the thread. */
	private static final int MAX_BATCH = 64;

	private static final Log logger = LogFactory.getLog(WsEventPublisher.class);

	private final ApplicationContext context;

	private final Executor executor;

	private final Map<Class<?>, Boolean> listened = new ConcurrentHashMap<>();

	private final Queue<ApplicationEvent> events = new ConcurrentLinkedQueue<>();

	/**
	 * How many events wait, and the one that is published. Who raises it from zero
	 * begins.
	 */
	private final AtomicInteger pending = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	/**
	 * Creates a publisher.
	 * @param context where events are published
	 * @param executor where listeners are called
	 */
	public WsEventPublisher(ApplicationContext context, Executor executor) {
		this.context = context;
		this.executor = executor;
	}

	@Override
	public void refused(Refusal refusal) {
		if (isListenedTo(WsHandshakeRefusedEvent.class)) {
			add(new WsHandshakeRefusedEvent(refusal));
		}
	}

	@Override
	public void opened(Session session) {
		if (isListenedTo(WsSessionOpenedEvent.class)) {
			add(new WsSessionOpenedEvent(session));
		}
	}

	@Override
	public void joined(Session session, String topic) {
		if (isListenedTo(WsTopicJoinedEvent.class)) {
			add(new WsTopicJoinedEvent(session, topic));
		}
	}

	@Override
	public void left(Session session, String topic) {
		if (isListenedTo(WsTopicLeftEvent.class)) {
			add(new WsTopicLeftEvent(session, topic));
		}
	}

	@Override
	public void closed(Session session, CloseStatus status, @Nullable CloseCause cause) {
		if (isListenedTo(WsSessionClosedEvent.class)) {
			add(new WsSessionClosedEvent(session, status, cause));
		}
	}

	private boolean isListenedTo(Class<? extends ApplicationEvent> type) {
		Boolean known = this.listened.get(type);
		return (known != null) ? known : this.listened.computeIfAbsent(type, this::findListener);
	}

	private boolean findListener(Class<?> type) {
		ResolvableType event = ResolvableType.forClass(type);
		for (ApplicationContext at = this.context; at != null; at = at.getParent()) {
			if (!(at instanceof AbstractApplicationContext source)
					|| source.getApplicationListeners().stream().anyMatch((listener) -> supports(listener, event))) {
				return true;
			}
		}
		return false;
	}

	private static boolean supports(ApplicationListener<?> listener, ResolvableType event) {
		GenericApplicationListener generic = (listener instanceof GenericApplicationListener already) ? already
				: new GenericApplicationListenerAdapter(listener);
		return generic.supportsEventType(event);
	}

	private void add(ApplicationEvent event) {
		if (this.pending.get() >= MAX_PENDING) {
			if (this.lost.getAndIncrement() == 0) {
				logger.warn("Listeners are too slow for the events of WebSocket sessions: " + MAX_PENDING
						+ " wait, and further ones are lost until they have caught up");
			}
			return;
		}
		this.events.add(event);
		if (this.pending.getAndIncrement() == 0) {
			start();
		}
	}

	private void start() {
		try {
			this.executor.execute(this::publish);
		}
		catch (RejectedExecutionException ex) {
			// nobody is there any more who could be told
			logger.debug("The handler executor takes no more events", ex);
		}
	}

	private void publish() {
		for (int i = 0; i < MAX_BATCH; i++) {
			ApplicationEvent event = this.events.poll();
			if (event != null) {
				publish(event);
			}
			if (this.pending.decrementAndGet() == 0) {
				reportLost();
				return;
			}
		}
		start();
	}

	private void publish(ApplicationEvent event) {
		try {
			this.context.publishEvent(event);
		}
		catch (Throwable ex) {
			logger.error("A listener failed for " + event.getClass().getSimpleName(), ex);
		}
	}

	private void reportLost() {
		int count = this.lost.getAndSet(0);
		if (count > 0) {
			logger.warn(count + " events of WebSocket sessions were lost");
		}
	}

}
