package io.github.wsspring.conformance;

import java.util.List;

/**
 * Section 10: a message that a peer fragments by itself.
 */
final class Section10AutoFragmentation {

	private Section10AutoFragmentation() {
	}

	static Section section() {
		byte[] payload = Hex.repeat('*', 65536);
		return new Section(10, "Automatic fragmentation", 1,
				List.of(new Case.Scripted("10.1.1", "64 KiB of text in frames of 1300 octets",
						Script.send(Frame.text(payload).fragmented(1300)), Expectation.normal(Event.text(payload)),
						Guard.fail(10))));
	}

}
