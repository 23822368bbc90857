package io.github.wsspring.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Section 1: payload lengths and their encodings.
 */
final class Section1Framing {

	private static final int[] LENGTHS = { 0, 125, 126, 127, 128, 65535, 65536 };

	private Section1Framing() {
	}

	static Section section() {
		List<Case> cases = new ArrayList<>();
		addCases(cases, "1.1.", Frame.TEXT, '*');
		addCases(cases, "1.2.", Frame.BINARY, 0xfe);
		return new Section(1, "Framing", 8, cases);
	}

	private static void addCases(List<Case> cases, String group, int opcode, int octet) {
		for (int i = 0; i < LENGTHS.length; i++) {
			cases.add(echo(group + (i + 1), opcode, Hex.repeat(octet, LENGTHS[i]), Chop.DEFAULT));
		}
		cases.add(echo(group + 8, opcode, Hex.repeat(octet, 65536), Chop.octets(997)));
	}

	private static Case echo(String number, int opcode, byte[] payload, Chop chop) {
		Event event = (opcode == Frame.TEXT) ? Event.text(payload) : Event.binary(payload);
		return new Case.Scripted(number, "one frame of opcode " + opcode + ", " + payload.length + " octets, " + chop,
				Script.send(chop, Frame.of(opcode, payload)), Expectation.normal(event),
				Guard.fail((payload.length < 65535) ? 1 : 10));
	}

}
