package io.github.wsspring.endpoint;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.BaseStream;

/**
 * Publishes the elements of a stream, on the thread that asks for them, to a single
 * subscriber. The stream is closed at its end, when it fails and when it is cancelled,
 * but never while an element is being computed.
 */
final class StreamPublisher implements Flow.Publisher<Object>, Flow.Subscription {

	private final BaseStream<?, ?> stream;

	/** How many elements are asked for. Who raises it from zero fetches them. */
	private final AtomicLong demand = new AtomicLong();

	private volatile boolean cancelled;

	// subscribed to before anything is asked for
	@SuppressWarnings("NullAway.Init")
	private Flow.Subscriber<? super Object> subscriber;

	@SuppressWarnings("NullAway.Init")
	private Iterator<?> iterator;

	StreamPublisher(BaseStream<?, ?> stream) {
		this.stream = stream;
	}

	@Override
	public void subscribe(Flow.Subscriber<? super Object> subscriber) {
		this.subscriber = subscriber;
		this.iterator = this.stream.iterator();
		subscriber.onSubscribe(this);
	}

	@Override
	public void request(long n) {
		if (this.demand.getAndAdd(n) == 0) {
			fetch();
		}
	}

	private void fetch() {
		do {
			if (this.cancelled) {
				this.stream.close();
				return;
			}
			try {
				if (!this.iterator.hasNext()) {
					end();
					return;
				}
				this.subscriber.onNext(Objects.requireNonNull(this.iterator.next(), "The stream has a null element"));
			}
			catch (Throwable ex) {
				fail(ex);
				return;
			}
		}
		while (this.demand.decrementAndGet() > 0);
	}

	/** The demand stays above zero, so that nobody fetches any more. */
	private void end() {
		this.cancelled = true;
		this.stream.close();
		this.subscriber.onComplete();
	}

	private void fail(Throwable failure) {
		this.cancelled = true;
		try {
			this.stream.close();
		}
		catch (Throwable ex) {
			failure.addSuppressed(ex);
		}
		this.subscriber.onError(failure);
	}

	@Override
	public void cancel() {
		if (!this.cancelled) {
			this.cancelled = true;
			request(1);
		}
	}

}
