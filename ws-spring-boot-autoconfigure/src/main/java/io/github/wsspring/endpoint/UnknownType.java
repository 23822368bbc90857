package io.github.wsspring.endpoint;

/**
 * What becomes of a message whose type no method takes. A request is always answered with
 * an error.
 */
public enum UnknownType {

	/** It is answered with an error that lists the known types. */
	ERROR,

	/** Nothing. */
	IGNORE,

	/** The session is closed with 1008. */
	CLOSE

}
