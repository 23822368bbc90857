package io.github.wsspring.endpoint;

import io.github.wsspring.server.ServerListener;

/**
 * What becomes of what no {@link OnError} method takes.
 *
 * @param unknownType messages of unknown types
 * @param onFailure sessions of methods that failed
 * @param messages who is told of the clients' faults
 * @param failures who is told of methods that failed while their sessions go on
 */
public record FailurePolicy(UnknownType unknownType, OnFailure onFailure, WsMessageListener messages,
		ServerListener failures) {

	/** What the properties say by default, and nobody listens. */
	public static final FailurePolicy DEFAULTS = new FailurePolicy(UnknownType.ERROR, OnFailure.CLOSE,
			WsMessageListener.NONE, ServerListener.NONE);

}
