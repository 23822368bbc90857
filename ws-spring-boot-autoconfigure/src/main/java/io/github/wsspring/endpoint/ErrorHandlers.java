package io.github.wsspring.endpoint;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Finds who handles a failure: the method for the most specific type, the client if it is
 * at fault, or else the engine.
 */
final class ErrorHandlers {

	private final Map<Class<?>, Receiver> byType;

	ErrorHandlers(Map<Class<?>, Receiver> byType) {
		this.byType = Map.copyOf(byType);
	}

	/**
	 * Handles a failure.
	 * @param session the session
	 * @param thrown what a method threw
	 * @return {@code null} or a stage to wait for
	 * @throws Exception the failure itself if nobody handles it, or that of the method
	 * that tried to
	 */
	@Nullable CompletionStage<?> handle(DefaultWsSession session, Throwable thrown) throws Exception {
		Throwable failure = (thrown instanceof CompletionException && thrown.getCause() != null) ? thrown.getCause()
				: thrown;
		Receiver receiver = find(failure);
		if (receiver != null) {
			return handle(receiver, session, failure);
		}
		if (failure instanceof InvalidMessageException invalid) {
			session.send(session.context().codec().error(invalid.getError(), invalid.getDetail()));
			return null;
		}
		throw asException(failure);
	}

	private @Nullable Receiver find(Throwable failure) {
		if (failure instanceof InvalidMessageException) {
			// Methods for any exception are not meant for the client's faults, and the
			// client is always told.
			return this.byType.get(InvalidMessageException.class);
		}
		for (Class<?> type = failure.getClass(); type != Object.class; type = type.getSuperclass()) {
			Receiver receiver = this.byType.get(type);
			if (receiver != null) {
				return receiver;
			}
		}
		return null;
	}

	private static @Nullable CompletionStage<?> handle(Receiver receiver, DefaultWsSession session, Throwable failure)
			throws Exception {
		try {
			return receiver.receive(session, failure);
		}
		catch (Throwable ex) {
			if (ex != failure) {
				ex.addSuppressed(failure);
			}
			throw asException(ex);
		}
	}

	/**
	 * Handles a failure that is yet to come.
	 * @return the stage to wait for instead
	 */
	CompletionStage<?> watch(DefaultWsSession session, CompletionStage<?> stage) {
		return stage.handle((@Nullable Object result, @Nullable Throwable thrown) -> handled(session, thrown))
			.thenCompose((handled) -> handled);
	}

	private CompletionStage<?> handled(DefaultWsSession session, @Nullable Throwable thrown) {
		CompletionStage<?> next = null;
		if (thrown != null) {
			try {
				next = handle(session, thrown);
			}
			catch (Throwable ex) {
				next = CompletableFuture.failedFuture(ex);
			}
		}
		return (next != null) ? next : CompletableFuture.completedFuture(null);
	}

	/**
	 * A throwable as what may be thrown where {@code Exception} is declared.
	 */
	static Exception asException(Throwable thrown) {
		if (thrown instanceof Error error) {
			throw error;
		}
		return (thrown instanceof Exception ex) ? ex : new UndeclaredThrowableException(thrown);
	}

}
