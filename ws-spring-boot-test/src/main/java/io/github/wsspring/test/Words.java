package io.github.wsspring.test;

import java.time.Duration;

import io.github.wsspring.protocol.CloseStatus;

/**
 * What failures say.
 */
final class Words {

	private static final int MAX_LENGTH = 500;

	private Words() {
	}

	static String shorten(String text) {
		return (text.length() <= MAX_LENGTH) ? text
				: text.substring(0, MAX_LENGTH) + "... (" + text.length() + " characters)";
	}

	static String of(CloseStatus status) {
		if (status.code() == CloseStatus.ABNORMAL.code()) {
			return "1006 (without a close frame)";
		}
		return status.code() + (status.reason().isEmpty() ? "" : " (" + status.reason() + ')');
	}

	static String of(Duration time) {
		return (time.toMillis() % 1000 == 0) ? time.toSeconds() + " s" : time.toMillis() + " ms";
	}

}
