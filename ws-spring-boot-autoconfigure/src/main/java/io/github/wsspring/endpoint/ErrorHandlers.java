package io.github.wsspring.endpoint;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.IncompleteMessageException;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionClosedException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Finds who handles a failure: the method for the most specific type, the client if it is
 * to be told, or else the engine.
 */
final class ErrorHandlers {

	/** As for a token that is refused. */
	private static final CloseStatus UNAUTHORIZED = new CloseStatus(4401, "Unauthorized");

	private final ByException<Receiver> methods;

	private final FailurePolicy policy;

	private final HandlerExtension extension;

	ErrorHandlers(ByException<Receiver> methods, FailurePolicy policy, HandlerExtension extension) {
		this.methods = methods;
		this.policy = policy;
		this.extension = extension;
	}

	/**
	 * Has something received and handles its failures, unless the receiver does that.
	 * @return {@code null} or a stage to wait for
	 * @throws Exception a failure that nobody handles, or that of the method that tried
	 * to
	 */
	@Nullable CompletionStage<?> receive(Receiver receiver, Caller caller, @Nullable Object subject) throws Exception {
		return receive(receiver, caller, subject, Phase.MESSAGE);
	}

	/**
	 * Has a new session received, which does not go on unless that works.
	 * @return {@code null} or a stage to wait for
	 * @throws Exception a failure that nobody handles, or that of the method that tried
	 * to
	 */
	@Nullable CompletionStage<?> open(Receiver receiver, Caller caller) throws Exception {
		return receive(receiver, caller, null, Phase.OPEN);
	}

	private @Nullable CompletionStage<?> receive(Receiver receiver, Caller caller, @Nullable Object subject,
			Phase phase) throws Exception {
		CompletionStage<?> stage;
		try {
			stage = receiver.receive(caller, subject);
		}
		catch (Throwable ex) {
			if (receiver.handlesFailures()) {
				throw asException(ex);
			}
			return handle(caller, ex, phase);
		}
		return (stage != null && !receiver.handlesFailures()) ? watch(caller, stage, phase) : stage;
	}

	/**
	 * Handles the failure of a message.
	 * @param caller who the method was called for
	 * @param thrown what was thrown
	 * @return {@code null} or a stage to wait for
	 * @throws Exception the failure itself if nobody handles it, or that of the method
	 * that tried to
	 */
	@Nullable CompletionStage<?> handle(Caller caller, Throwable thrown) throws Exception {
		return handle(caller, thrown, Phase.MESSAGE);
	}

	private @Nullable CompletionStage<?> handle(Caller caller, Throwable thrown, Phase phase) throws Exception {
		Throwable failure = (thrown instanceof CompletionException && thrown.getCause() != null) ? thrown.getCause()
				: thrown;
		if (failure instanceof InvalidMessageException fault) {
			this.policy.messages().rejected(caller.session(), fault);
		}
		Receiver receiver = this.methods.find(failure);
		if (receiver != null) {
			return handle(receiver, caller.failed(), failure);
		}
		if (failure instanceof InvalidMessageException fault) {
			answer(caller, fault);
			return null;
		}
		if (failure instanceof SessionClosedException && !caller.session().isOpen()) {
			// a client that leaves while it is waited for is nobody's failure
			return null;
		}
		Problem problem = Problem.of(failure, caller, this.extension);
		if (failure instanceof Error || IncompleteMessageException.isCauseOf(failure)
				|| (problem == null && this.policy.onFailure() == OnFailure.CLOSE)) {
			throw asException(failure);
		}
		tell(caller, problem, failure, phase);
		return null;
	}

	private static @Nullable CompletionStage<?> handle(Receiver receiver, Caller caller, Throwable failure)
			throws Exception {
		try {
			return receiver.receive(caller, failure);
		}
		catch (Throwable ex) {
			if (ex != failure) {
				ex.addSuppressed(failure);
			}
			throw asException(ex);
		}
	}

	private void answer(Caller caller, InvalidMessageException fault) {
		boolean mayBeSilent = fault.getError().equals(InvalidMessageException.UNKNOWN_TYPE) && !caller.awaitsAnswer();
		switch (mayBeSilent ? this.policy.unknownType() : UnknownType.ERROR) {
			case ERROR -> caller.error(ErrorMessage.of(fault));
			case CLOSE -> caller.session().close(CloseStatus.POLICY_VIOLATION.withReason(fault.getDetail()));
			case IGNORE -> {
			}
		}
	}

	private void tell(Caller caller, @Nullable Problem problem, Throwable failure, Phase phase) {
		boolean ours = problem == null || problem.isServersFault();
		if (ours) {
			Session session = caller.session().engine();
			this.policy.failures().handlerFailed(session.endpoint(), session, failure);
		}
		caller.error((problem != null) ? ErrorMessage.of(problem.body()) : ErrorMessage.FAILED);
		if (phase == Phase.OPEN) {
			caller.session().close(statusOf(problem));
		}
	}

	private static CloseStatus statusOf(@Nullable Problem problem) {
		if (problem == null || problem.isServersFault()) {
			return CloseStatus.SERVER_ERROR;
		}
		boolean unknown = problem.body().getStatus() == HttpStatus.UNAUTHORIZED.value();
		return unknown ? UNAUTHORIZED : CloseStatus.POLICY_VIOLATION;
	}

	/**
	 * Handles a failure that is yet to come.
	 */
	private CompletionStage<?> watch(Caller caller, CompletionStage<?> stage, Phase phase) {
		return stage.handle((@Nullable Object result, @Nullable Throwable thrown) -> handled(caller, thrown, phase))
			.thenCompose((handled) -> handled);
	}

	private CompletionStage<?> handled(Caller caller, @Nullable Throwable thrown, Phase phase) {
		CompletionStage<?> next = null;
		if (thrown != null) {
			try {
				next = handle(caller, thrown, phase);
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
