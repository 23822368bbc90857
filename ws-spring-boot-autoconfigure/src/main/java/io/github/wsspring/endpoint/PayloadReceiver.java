package io.github.wsspring.endpoint;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Has a handler method called, if its message says where the return value goes.
 *
 * @param method the method
 * @param returns what becomes of its return value, once the message is known
 */
record PayloadReceiver(HandlerMethod method, ReturnHandler returns) implements Receiver {

	@Override
	public @Nullable CompletionStage<?> receive(Caller caller, @Nullable Object subject) throws Throwable {
		ReturnHandler known = this.returns.with(Objects.requireNonNull(subject));
		return new MethodReceiver(this.method, known).receive(caller, subject);
	}

}
