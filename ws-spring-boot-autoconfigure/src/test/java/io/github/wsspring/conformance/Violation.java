package io.github.wsspring.conformance;

/**
 * Something that the tester, a strict peer, does not let the server do.
 */
final class Violation extends Exception {

	private static final long serialVersionUID = 1L;

	private final int closeCode;

	private Violation(int closeCode, String message) {
		super(message);
		this.closeCode = closeCode;
	}

	static Violation ofProtocol(String message) {
		return new Violation(1002, message);
	}

	static Violation ofPayload(String message) {
		return new Violation(1007, message);
	}

	int closeCode() {
		return this.closeCode;
	}

}
