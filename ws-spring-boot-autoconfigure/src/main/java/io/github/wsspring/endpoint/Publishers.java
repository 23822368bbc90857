package io.github.wsspring.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Tells types that bring one value later, or many, and turns them into what the JDK has
 * for that.
 */
final class Publishers {

	/** They come with Reactor and others, but need not be there. */
	private static final boolean REACTIVE_STREAMS = ClassUtils.isPresent("org.reactivestreams.Publisher",
			Publishers.class.getClassLoader());

	private Publishers() {
	}

	/**
	 * How many values a type brings.
	 */
	static Kind kindOf(Class<?> type) {
		if (CompletionStage.class.isAssignableFrom(type)) {
			return Kind.LATER;
		}
		if (Flow.Publisher.class.isAssignableFrom(type) || BaseStream.class.isAssignableFrom(type)) {
			return Kind.MANY;
		}
		return REACTIVE_STREAMS ? Reactive.kindOf(type) : Kind.PLAIN;
	}

	/**
	 * What a type that brings values brings.
	 */
	static ResolvableType elementType(ResolvableType type) {
		for (Class<?> known : new Class<?>[] { CompletionStage.class, Flow.Publisher.class, BaseStream.class }) {
			if (known.isAssignableFrom(type.toClass())) {
				return type.as(known).getGeneric();
			}
		}
		return Reactive.elementType(type);
	}

	/**
	 * One value later, as a stage.
	 */
	static CompletionStage<?> toStage(Object value) {
		if (value instanceof CompletionStage<?> stage) {
			return stage;
		}
		FirstValue first = new FirstValue();
		Reactive.toPublisher(value).subscribe(first);
		return first;
	}

	/**
	 * Many values as a publisher.
	 */
	static Flow.Publisher<?> toPublisher(Object value) {
		if (value instanceof Flow.Publisher<?> publisher) {
			return publisher;
		}
		return (value instanceof BaseStream<?, ?> stream) ? new StreamPublisher(stream) : Reactive.toPublisher(value);
	}

	/** How many values a type brings. */
	enum Kind {

		/** It is a value itself. */
		PLAIN,

		/** One value, or none, later. */
		LATER,

		/** Any number of values. */
		MANY

	}

	/**
	 * The first value of a publisher.
	 */
	private static final class FirstValue extends CompletableFuture<@Nullable Object>
			implements Flow.Subscriber<Object> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(Object value) {
			complete(value);
		}

		@Override
		public void onError(Throwable failure) {
			completeExceptionally(failure);
		}

		@Override
		public void onComplete() {
			complete(null);
		}

	}

	/**
	 * The part that needs Reactive Streams.
	 */
	private static final class Reactive {

		static Kind kindOf(Class<?> type) {
			ReactiveAdapter adapter = adapter(type);
			if (adapter != null) {
				return adapter.isMultiValue() ? Kind.MANY : Kind.LATER;
			}
			return Publisher.class.isAssignableFrom(type) ? Kind.MANY : Kind.PLAIN;
		}

		private static @Nullable ReactiveAdapter adapter(Class<?> type) {
			return (type != Object.class) ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) : null;
		}

		static ResolvableType elementType(ResolvableType type) {
			return Publisher.class.isAssignableFrom(type.toClass()) ? type.as(Publisher.class).getGeneric()
					: type.getGeneric();
		}

		static Flow.Publisher<Object> toPublisher(Object value) {
			ReactiveAdapter adapter = adapter(value.getClass());
			Publisher<Object> publisher = (adapter != null) ? adapter.toPublisher(value) : asPublisher(value);
			return FlowAdapters.toFlowPublisher(publisher);
		}

		@SuppressWarnings("unchecked")
		private static Publisher<Object> asPublisher(Object value) {
			return (Publisher<Object>) value;
		}

	}

}
