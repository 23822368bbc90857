package io.github.wsspring.conformance;

/**
 * What became of a case.
 *
 * @param behaviour about what the server sent
 * @param closing about how the connection ended
 * @param detail what was seen, for whoever has to find out why
 * @param reset whether the connection ended with a reset
 */
record Verdict(Behaviour behaviour, Closing closing, String detail, boolean reset) {

	boolean isStrictlyRight() {
		return this.behaviour == Behaviour.OK && this.closing == Closing.OK;
	}

	/** Whether what the server sent was right. */
	enum Behaviour {

		OK, NON_STRICT, INFORMATIONAL, UNIMPLEMENTED, FAILED

	}

	/** Whether the connection ended in the right way. */
	enum Closing {

		OK, FAILED, UNCLEAN, WRONG_CODE, FAILED_BY_CLIENT

	}

}
