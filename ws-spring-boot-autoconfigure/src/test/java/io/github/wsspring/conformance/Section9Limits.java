package io.github.wsspring.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Section 9: large messages and many of them.
 */
final class Section9Limits {

	private static final byte[] TEXT = "BAsd7&jh23".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] BINARY = Hex.octets("00 fe 23 fa f0");

	private static final byte[] STAR = Hex.octets("2a");

	private static final byte[] FE = Hex.octets("fe");

	private static final int KIB = 1024;

	private static final int MIB = 1024 * KIB;

	private final Settings settings;

	private final List<Case> cases = new ArrayList<>();

	private Section9Limits(Settings settings) {
		this.settings = settings;
	}

	static Section section(Settings settings) {
		Section9Limits section = new Section9Limits(settings);
		section.frames("9.1.", Frame.TEXT, TEXT, 2);
		section.frames("9.2.", Frame.BINARY, BINARY, 4);
		section.fragments("9.3.", Frame.TEXT, STAR);
		section.fragments("9.4.", Frame.BINARY, FE);
		section.chops("9.5.", Frame.TEXT, TEXT);
		section.chops("9.6.", Frame.BINARY, BINARY);
		section.roundTrips("9.7.", Frame.TEXT, STAR);
		section.roundTrips("9.8.", Frame.BINARY, FE);
		return new Section(9, "Limits and performance", 2, section.cases);
	}

	private void frames(String group, int opcode, byte[] pattern, int shortGuards) {
		int[] lengths = { 64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB };
		for (int i = 0; i < lengths.length; i++) {
			add(group + (i + 1), opcode, pattern, lengths[i], 1, 0, Chop.DEFAULT, (i < shortGuards) ? 10 : 100);
		}
	}

	private void fragments(String group, int opcode, byte[] pattern) {
		for (int i = 0; i < 9; i++) {
			// the catalogue's 9.4.2-9.4.9 are stars, whatever the type
			add(group + (i + 1), opcode, (i == 0) ? pattern : STAR, 4 * MIB, 1, 64 << 2 * i, Chop.DEFAULT, 100);
		}
	}

	private void chops(String group, int opcode, byte[] pattern) {
		int length = this.settings.full() ? MIB : 128 * KIB;
		for (int i = 0; i < 6; i++) {
			add(group + (i + 1), opcode, pattern, length, 1, 0, Chop.octets(64 << i), 1000);
		}
	}

	private void roundTrips(String group, int opcode, byte[] pattern) {
		int[] lengths = { 0, 16, 64, 256, 1024, 4096 };
		int[] guards = { 60, 60, 60, 120, 240, 480 };
		for (int i = 0; i < lengths.length; i++) {
			add(group + (i + 1), opcode, pattern, lengths[i], this.settings.messages(1000, lengths[i]), 0, Chop.DEFAULT,
					guards[i]);
		}
	}

	private void add(String number, int opcode, byte[] pattern, int length, int count, int fragment, Chop chop,
			int seconds) {
		String title = count + " x opcode " + opcode + ", " + length + " octets"
				+ ((fragment > 0) ? ", fragmented at " + fragment : "") + ((chop.size() > 0) ? ", " + chop : "");
		Case.Load load = new Case.Load(opcode, count, () -> {
			byte[] content = Hex.cycle(pattern, length);
			return () -> content;
		}, fragment, chop);
		this.cases.add(new Case.Echoed(number, title, load, List.of(), false, Guard.fail(seconds)));
	}

}
