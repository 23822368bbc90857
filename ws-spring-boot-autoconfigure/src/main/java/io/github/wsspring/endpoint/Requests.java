package io.github.wsspring.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.endpoint.JsonCodec.JsonMessage;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionClosedException;
import org.jspecify.annotations.Nullable;

/**
 * What a session has asked its client and waits to be answered. Safe from any thread.
 * <p>
 * Our ids look like {@code srv-1}: a client's own hardly do, and a text without one need
 * not be parsed to see that it is no answer. Since they are counted, an answer that comes
 * too late is known as one without remembering it.
 */
final class Requests {

	static final int MAX_PENDING = 64;

	private static final String PREFIX = "srv-";

	private static final String QUOTED_PREFIX = '"' + PREFIX;

	private final Session session;

	private final MessageCodec codec;

	private final Map<String, PendingAnswer<?>> pending = new HashMap<>();

	private long asked;

	private volatile boolean waiting;

	Requests(Session session, MessageCodec codec) {
		this.session = session;
		this.codec = codec;
	}

	<R> CompletableFuture<R> ask(@Nullable String type, Object payload, Class<R> answerType, Duration timeout) {
		if (this.codec.fields().id() == null) {
			throw new IllegalStateException(
					"There are no requests without an id; set ws.messages.id-field to a name, such as id");
		}
		if (this.codec.writer(this.session.subprotocol()) instanceof FormatWriter) {
			throw new IllegalStateException("There are no requests in sessions with the subprotocol '"
					+ this.session.subprotocol() + "', as they are JSON");
		}
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The timeout has to be positive, not " + timeout);
		}
		String id = nextId();
		PreparedMessage message = this.codec.request(type, id, payload);
		PendingAnswer<R> answer = new PendingAnswer<>(this.session, timeout,
				(text) -> AnswerReader.read(this.codec, text, id, answerType));
		if (!add(id, answer)) {
			answer.cancel(false);
			return CompletableFuture
				.failedFuture(new IllegalStateException(MAX_PENDING + " requests wait for answers of " + this.session
						+ " already; wait for some of them before asking more"));
		}
		answer.whenComplete((value, failure) -> remove(id));
		this.session.sendAsync(message).whenComplete((nothing, failure) -> {
			if (failure != null) {
				answer.fail(failure);
			}
		});
		return answer;
	}

	private synchronized String nextId() {
		this.asked++;
		return PREFIX + this.asked;
	}

	private synchronized boolean add(String id, PendingAnswer<?> answer) {
		if (this.pending.size() >= MAX_PENDING) {
			return false;
		}
		this.pending.put(id, answer);
		this.waiting = true;
		return true;
	}

	private synchronized @Nullable PendingAnswer<?> remove(String id) {
		PendingAnswer<?> removed = this.pending.remove(id);
		this.waiting = !this.pending.isEmpty();
		return removed;
	}

	/**
	 * Whether any answer is waited for.
	 */
	boolean areWaiting() {
		return this.waiting;
	}

	/**
	 * Takes a text if it answers a request of ours, be it too late.
	 * @return {@code false} to leave it to the methods
	 */
	boolean take(String text) {
		String id = text.contains(QUOTED_PREFIX) ? answeredId(text) : null;
		if (id == null || !isOurs(id)) {
			return false;
		}
		PendingAnswer<?> answer = remove(id);
		if (answer != null) {
			answer.arrived(text);
		}
		return true;
	}

	/** Whatever is wrong with a text is the methods' business. */
	private @Nullable String answeredId(String text) {
		try (JsonMessage message = this.codec.json().open(text, this.codec.fields())) {
			boolean answers = Request.REPLY.equals(message.type()) || Request.ERROR.equals(message.type());
			return (answers && message.id() instanceof String id) ? id : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private synchronized boolean isOurs(String id) {
		if (!id.startsWith(PREFIX) || id.length() > PREFIX.length() + 18) {
			return false;
		}
		try {
			long number = Long.parseLong(id, PREFIX.length(), id.length(), 10);
			return number > 0 && number <= this.asked && id.equals(PREFIX + number);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	/**
	 * There will be no answers any more.
	 */
	void end() {
		List<PendingAnswer<?>> left;
		synchronized (this) {
			left = new ArrayList<>(this.pending.values());
		}
		for (PendingAnswer<?> answer : left) {
			answer.fail(new SessionClosedException("Session " + this.session.id() + " ended before it was answered"));
		}
	}

}
