package io.github.wsspring.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Section 7: the closing handshake.
 */
final class Section7Closing {

	private static final int[] LEGAL_CODES = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000,
			4999 };

	private static final int[] ILLEGAL_CODES = { 0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999 };

	private static final Frame CLOSE = Frame.close(1000);

	private static final String HELLO = "Hello World!";

	private static final Guard GUARD = Guard.fail(1);

	private final List<Case> cases = new ArrayList<>();

	private Section7Closing() {
	}

	static Section section() {
		Section7Closing section = new Section7Closing();
		section.afterClose();
		section.payloads();
		section.codes();
		return new Section(7, "Close handling", 8, section.cases);
	}

	private void afterClose() {
		ClosePattern normal = new ClosePattern(ClosePattern.Peer.TESTER, true, ClosePattern.NORMAL.codes(), true,
				ClosePattern.Decides.CODE);
		this.cases.add(new Case.Scripted("7.1.1", "text, then Close", Script.send(Frame.text(HELLO)),
				Expectation.of(normal, Event.text(HELLO)), GUARD));
		answered("7.1.2", "Close twice", CLOSE, Frame.close());
		answered("7.1.3", "Close, then Ping", CLOSE, Frame.ping(""));
		answered("7.1.4", "Close, then text", CLOSE, Frame.text(HELLO));
		answered("7.1.5", "Close inside of a fragmented text", Frame.text("fragment1").more(), CLOSE,
				Frame.continuation("fragment2"));
		byte[] large = Hex.cycle("BAsd7&jh23".getBytes(StandardCharsets.US_ASCII), 256 * 1024);
		this.cases.add(new Case.Scripted("7.1.6", "256 KiB of text, text, Close, Ping",
				Script.closing(Frame.text(large), Frame.text(HELLO), CLOSE, Frame.ping("")),
				Expectation.of(ClosePattern.answered(1000)).asInformation(), GUARD));
	}

	private void payloads() {
		answered("7.3.1", "empty Close", Frame.close());
		refused("7.3.2", "Close of one octet", ClosePattern.refused(1002), Frame.of(Frame.CLOSE, "a"));
		answered("7.3.3", "Close without a reason", CLOSE);
		answered("7.3.4", "Close with a reason", Frame.close(1000, HELLO));
		answered("7.3.5", "Close with the longest reason", Frame.close(1000, "*".repeat(123)));
		refused("7.3.6", "Close with too long a reason", ClosePattern.refused(1002),
				Frame.close(1000, "*".repeat(124)));
		byte[] reason = Hex.octets("ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64 69 74 65 64");
		refused("7.5.1", "Close with a reason that is not UTF-8", ClosePattern.refused(1002, 1007),
				Frame.close(1000, reason));
	}

	private void codes() {
		for (int i = 0; i < LEGAL_CODES.length; i++) {
			int code = LEGAL_CODES[i];
			ClosePattern close = (code == 1000) ? ClosePattern.answered(1000) : ClosePattern.answered(1000, code);
			this.cases.add(new Case.Scripted("7.7." + (i + 1), "Close " + code, Script.closing(Frame.close(code)),
					Expectation.of(close), GUARD));
		}
		for (int i = 0; i < ILLEGAL_CODES.length; i++) {
			refused("7.9." + (i + 1), "Close " + ILLEGAL_CODES[i], ClosePattern.refused(1002),
					Frame.close(ILLEGAL_CODES[i]));
		}
		int[] beyond = { 5000, 65535 };
		for (int i = 0; i < beyond.length; i++) {
			this.cases
				.add(new Case.Scripted("7.13." + (i + 1), "Close " + beyond[i], Script.closing(Frame.close(beyond[i])),
						Expectation.of(ClosePattern.refused(1002)).asInformation(), GUARD));
		}
	}

	private void answered(String number, String title, Frame... frames) {
		this.cases.add(new Case.Scripted(number, title, Script.closing(frames),
				Expectation.of(ClosePattern.answered(1000)), GUARD));
	}

	private void refused(String number, String title, ClosePattern close, Frame frame) {
		this.cases.add(new Case.Scripted(number, title, Script.closing(frame), Expectation.of(close), GUARD));
	}

}
