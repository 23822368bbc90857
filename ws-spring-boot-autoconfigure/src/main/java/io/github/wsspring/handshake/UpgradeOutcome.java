package io.github.wsspring.handshake;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an HTTP request leads to: a WebSocket connection or a refusal.
 */
public sealed interface UpgradeOutcome {

	/**
	 * The 101 (RFC 6455, section 4.2.2).
	 *
	 * @param key the request's {@code Sec-WebSocket-Key}
	 * @param subprotocol the subprotocol to answer, {@code null} for none
	 * @param extensions the value of {@code Sec-WebSocket-Extensions} to answer,
	 * {@code null} for none
	 * @param headers further headers
	 */
	record Accepted(String key, @Nullable String subprotocol, @Nullable String extensions,
			List<HttpField> headers) implements UpgradeOutcome {

		public Accepted {
			headers = List.copyOf(headers);
		}

	}

	/**
	 * Any other answer, after which the connection ends.
	 *
	 * @param status the HTTP status
	 * @param headers headers besides those that every refusal has
	 * @param body one line of plain text, without its line end
	 */
	record Rejected(int status, List<HttpField> headers, String body) implements UpgradeOutcome {

		public Rejected {
			if (status < 200 || status > 599) {
				throw new IllegalArgumentException(
						"HTTP status " + status + " cannot refuse an upgrade; use one of 300 to 599, such as 403");
			}
			headers = List.copyOf(headers);
		}

		/**
		 * A refusal without further headers.
		 * @param status the HTTP status
		 * @param body one line of plain text
		 * @return the refusal
		 */
		public static Rejected of(int status, String body) {
			return new Rejected(status, List.of(), body);
		}

		/**
		 * This refusal with one more header.
		 * @param name the header's name
		 * @param value the header's value
		 * @return the refusal
		 */
		public Rejected with(String name, String value) {
			List<HttpField> more = new ArrayList<>(this.headers);
			more.add(new HttpField(name, value));
			return new Rejected(this.status, more, this.body);
		}

	}

}
