package io.github.wsspring.conformance;

import java.util.List;

/**
 * Section 4: reserved opcodes.
 */
final class Section4Opcodes {

	private static final String HELLO = "Hello, world!";

	private static final String RESERVED = "reserved opcode payload";

	private Section4Opcodes() {
	}

	static Section section() {
		return new Section(4, "Opcodes", 8,
				List.of(alone("4.1.1", 3, ""), alone("4.1.2", 4, RESERVED), second("4.1.3", 5, "", Chop.DEFAULT),
						second("4.1.4", 6, HELLO, Chop.DEFAULT), second("4.1.5", 7, HELLO, Chop.octets(1)),
						alone("4.2.1", 11, ""), alone("4.2.2", 12, RESERVED), second("4.2.3", 13, "", Chop.DEFAULT),
						second("4.2.4", 14, HELLO, Chop.DEFAULT), second("4.2.5", 15, HELLO, Chop.octets(1))));
	}

	private static Case alone(String number, int opcode, String payload) {
		return new Case.Scripted(number, "opcode " + opcode, Script.send(Frame.of(opcode, payload)),
				Expectation.protocolError(), Guard.fail(1));
	}

	private static Case second(String number, int opcode, String payload, Chop chop) {
		return new Case.Scripted(number, "text, then opcode " + opcode + ", then Ping, " + chop,
				Script.send(chop, Frame.text(HELLO), Frame.of(opcode, payload), Frame.ping("")),
				Expectation.protocolError(Event.text(HELLO)).orLeniently(), Guard.fail(1));
	}

}
