package io.github.wsspring.conformance;

import java.util.List;

/**
 * Section 3: reserved bits without an extension that would give them a meaning.
 */
final class Section3ReservedBits {

	private static final String HELLO = "Hello, world!";

	private static final Frame T = Frame.text(HELLO);

	private Section3ReservedBits() {
	}

	static Section section() {
		return new Section(3, "Reserved bits", 8,
				List.of(alone("3.1", T.reserved(1)), second("3.2", T.reserved(2), Chop.DEFAULT),
						second("3.3", T.reserved(3), Chop.FRAME_WISE), second("3.4", T.reserved(4), Chop.octets(1)),
						alone("3.5", Frame.binary(Hex.octets("00 ff fe fd fc fb 00 ff")).reserved(5)),
						alone("3.6", Frame.of(Frame.BINARY, HELLO).reserved(6)),
						alone("3.7", Frame.close().reserved(7))));
	}

	private static Case alone(String number, Frame frame) {
		return new Case.Scripted(number, "opcode " + frame.opcode() + " with RSV " + frame.rsv(), Script.send(frame),
				Expectation.protocolError(), Guard.fail(1));
	}

	private static Case second(String number, Frame frame, Chop chop) {
		return new Case.Scripted(number, "text, then text with RSV " + frame.rsv() + ", then Ping, " + chop,
				Script.send(chop, T, frame, Frame.ping("")), Expectation.protocolError(Event.text(HELLO)).orLeniently(),
				Guard.fail(1));
	}

}
