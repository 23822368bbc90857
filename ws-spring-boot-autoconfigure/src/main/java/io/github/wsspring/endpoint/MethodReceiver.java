package io.github.wsspring.endpoint;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Has a handler method called and its return value handled.
 *
 * @param method the method
 * @param returns what becomes of its return value
 */
record MethodReceiver(HandlerMethod method, ReturnHandler returns) implements Receiver {

	@Override
	public @Nullable CompletionStage<?> receive(Caller caller, @Nullable Object subject) throws Throwable {
		Object result = this.method.call(caller, subject);
		if (result != null) {
			return this.returns.handle(caller, result);
		}
		caller.acknowledge();
		return null;
	}

}
