package io.github.wsspring.test;

import org.springframework.http.HttpHeaders;

/**
 * The server refused an upgrade that a test expected to succeed.
 */
public class HandshakeRefusedError extends AssertionError {

	private static final long serialVersionUID = 1L;

	private final transient Refusal refusal;

	HandshakeRefusedError(String message, Refusal refusal) {
		super(message);
		this.refusal = refusal;
	}

	/**
	 * The server's answer.
	 * @return status, headers and body
	 */
	public Refusal refusal() {
		return this.refusal;
	}

	/**
	 * The answer to an upgrade that was refused.
	 *
	 * @param status the HTTP status, anything but 101
	 * @param headers the headers
	 * @param body the body, without white space around it
	 */
	public record Refusal(int status, HttpHeaders headers, String body) {

		@Override
		public String toString() {
			return this.status + (this.body.isEmpty() ? "" : " \"" + Words.shorten(this.body) + '"');
		}

	}

}
