package io.github.wsspring.conformance;

/**
 * What the tester does when a server leaves it waiting.
 *
 * @param seconds how long it waits after the end of the script
 * @param fails whether it then fails the connection with 1001, otherwise it closes it
 */
record Guard(double seconds, boolean fails) {

	static Guard fail(double seconds) {
		return new Guard(seconds, true);
	}

	static Guard close(double seconds) {
		return new Guard(seconds, false);
	}

	/**
	 * How long it waits with some patience; long guards are patient enough.
	 * @param patience the factor
	 * @return the seconds
	 */
	double seconds(double patience) {
		return (this.seconds < 10) ? this.seconds * patience : this.seconds;
	}

}
