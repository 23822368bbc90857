package io.github.wsspring.endpoint;

/**
 * What becomes of a session when a method failed and no {@link OnError} method took the
 * exception.
 */
public enum OnFailure {

	/** It is closed with 1011. */
	CLOSE,

	/** The client gets an error without any details, and the session goes on. */
	REPLY

}
