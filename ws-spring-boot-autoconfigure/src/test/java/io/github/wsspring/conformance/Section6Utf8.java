package io.github.wsspring.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Section 6: text that is UTF-8 and text that is not.
 */
final class Section6Utf8 {

	/** Five Greek letters. */
	private static final byte[] K = Hex.octets("ce ba e1 bd b9 cf 83 ce bc ce b5");

	private static final byte[] E = Hex.octets("65 64 69 74 65 64");

	private static final byte[] H = "Hello-\u00b5@\u00df\u00f6\u00e4\u00fc\u00e0\u00e1-UTF-8!!"
		.getBytes(StandardCharsets.UTF_8);

	private static final byte[] SURROGATE = Hex.octets("ed a0 80");

	private static final byte[] BEYOND_UNICODE = Hex.octets("f4 90 80 80");

	private static final Guard CLOSE = Guard.close(1);

	private static final Guard SHORT = Guard.fail(0.5);

	private final List<Case> cases = new ArrayList<>();

	private Section6Utf8() {
	}

	static Section section() {
		Section6Utf8 section = new Section6Utf8();
		section.emptyFrames();
		section.fragmented();
		section.failFast();
		section.sequences();
		return new Section(6, "UTF-8", 8, section.cases);
	}

	private void emptyFrames() {
		valid("6.1.1", "empty text", new byte[0], List.of(Frame.text("")));
		valid("6.1.2", "three empty frames", new byte[0],
				List.of(Frame.text("").more(), Frame.continuation("").more(), Frame.continuation("")));
		String middle = "middle frame payload";
		valid("6.1.3", "one frame between two empty ones", middle.getBytes(StandardCharsets.UTF_8),
				List.of(Frame.text("").more(), Frame.continuation(middle).more(), Frame.continuation("")));
	}

	private void fragmented() {
		int boundary = "Hello-\u00b5@\u00df\u00f6\u00e4".getBytes(StandardCharsets.UTF_8).length;
		valid("6.2.1", "one frame", H, List.of(Frame.text(H)));
		valid("6.2.2", "two frames, cut between characters", H, List.of(Frame.text(Arrays.copyOf(H, boundary)).more(),
				Frame.continuation(Arrays.copyOfRange(H, boundary, H.length))));
		valid("6.2.3", "frames of one octet", H, Frame.text(H).fragmented(1));
		valid("6.2.4", "Greek in frames of one octet", K, Frame.text(K).fragmented(1));
		byte[] wrong = Hex.join(K, SURROGATE, E);
		this.cases.add(new Case.Scripted("6.3.1", "a surrogate", Script.send(Frame.text(wrong)),
				Expectation.utf8Error(), Guard.fail(1)));
		this.cases.add(new Case.Scripted("6.3.2", "a surrogate, frames of one octet",
				Script.send(Frame.text(wrong).fragmented(1)), Expectation.utf8Error(), Guard.fail(1)));
	}

	private void failFast() {
		byte[][] early = { K, BEYOND_UNICODE, E };
		byte[][] late = { Hex.join(K, Hex.octets("f4")), Hex.octets("90"), Hex.join(Hex.octets("80 80"), E) };
		this.cases.add(failFast("6.4.1", "three frames, the second wrong", inFrames(early)));
		this.cases.add(failFast("6.4.2", "three frames, wrong at the first octet of the second", inFrames(late)));
		this.cases.add(failFast("6.4.3", "three pieces of a frame, the second wrong", inPieces(early)));
		this.cases.add(failFast("6.4.4", "three pieces of a frame, wrong at the octet of the second", inPieces(late)));
	}

	private static Case failFast(String number, String title, Script script) {
		Event a = Event.mark("A");
		Event b = Event.mark("B");
		return new Case.Scripted(number, title, script, Expectation.utf8Error(a).orLeniently(a, b), Guard.fail(1));
	}

	private static Script inFrames(byte[][] parts) {
		return Script.send(Frame.text(parts[0]).more())
			.thenHold(Event.mark("A"))
			.thenSend(Chop.DEFAULT, List.of(Frame.continuation(parts[1]).more()))
			.thenExpectEnd(Event.mark("B"))
			.thenSend(Chop.DEFAULT, List.of(Frame.continuation(parts[2])));
	}

	private static Script inPieces(byte[][] parts) {
		byte[] frame = Frame.text(Hex.join(parts)).more().masked();
		int third = frame.length - parts[2].length;
		int second = third - parts[1].length;
		return Script.octets(Arrays.copyOf(frame, second))
			.thenHold(Event.mark("A"))
			.thenOctets(Arrays.copyOfRange(frame, second, third))
			.thenExpectEnd(Event.mark("B"))
			.thenOctets(Arrays.copyOfRange(frame, third, frame.length))
			.thenSend(Chop.DEFAULT, List.of(Frame.continuation("")));
	}

	private void sequences() {
		allValid("6.5.", "hello", "world", "24", "c2a2", "e282ac", "f0a4ada2");
		sequence("6.5.5", K, true);
		for (int length = 1; length <= K.length; length++) {
			sequence("6.6." + length, Arrays.copyOf(K, length), Set.of(2, 5, 7, 9, 11).contains(length));
		}
		allValid("6.7.", "", "", "00", "c280", "e0a080", "f0908080");
		allInvalid("6.8.", "f888808080", "fc8480808080");
		allValid("6.9.", "", "", "7f", "dfbf", "efbfbf", "f48fbfbf");
		allInvalid("6.10.", "f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf");
		allValid("6.11.", "", "", "ed9fbf", "ee8080", "efbfbd", "f48fbfbf");
		sequence("6.11.5", BEYOND_UNICODE, false);
		allInvalid("6.12.", "80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf",
				ascending(0x80, 0xbe, ""));
		allInvalid("6.13.", ascending(0xc0, 0xde, "20"), ascending(0xe0, 0xee, "20"), ascending(0xf0, 0xf6, "20"),
				ascending(0xf8, 0xfa, "20"), ascending(0xfc, 0xfc, "20"));
		String[] cutShort = { "c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf",
				"fdbfbfbfbf" };
		allInvalid("6.14.", cutShort);
		allInvalid("6.15.", String.join("", cutShort));
		allInvalid("6.16.", "fe", "ff", "fefeffff");
		allInvalid("6.17.", "c0af", "e080af", "f08080af", "f8808080af", "fc80808080af");
		allInvalid("6.18.", "c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf");
		allInvalid("6.19.", "c080", "e08080", "f0808080", "f880808080", "fc8080808080");
		allInvalid("6.20.", "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf");
		allInvalid("6.21.", "eda080edb080", "eda080edbfbf", "edadbfedb080", "edadbfedbfbf", "edae80edb080",
				"edae80edbfbf", "edafbfedb080", "edafbfedbfbf");
		nonCharacters();
		allValid("6.23.", "", "", "efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf");
	}

	private static String ascending(int from, int to, String eachFollowedBy) {
		StringBuilder hex = new StringBuilder();
		for (int octet = from; octet <= to; octet++) {
			hex.append(String.format("%02x", octet)).append(eachFollowedBy);
		}
		return hex.toString();
	}

	private void nonCharacters() {
		allValid("6.22.", "", "", "efbfbe", "efbfbf");
		int number = 3;
		for (int plane = 1; plane <= 16; plane++) {
			for (int last = 0xbe; last <= 0xbf; last++) {
				byte[] octets = { (byte) (0xf0 | plane >> 2), (byte) (0x8f | (plane & 3) << 4), (byte) 0xbf,
						(byte) last };
				sequence("6.22." + number++, octets, true);
			}
		}
	}

	private void allValid(String group, String before, String after, String... sequences) {
		for (int i = 0; i < sequences.length; i++) {
			sequence(group + (i + 1), Hex.join(before.getBytes(StandardCharsets.UTF_8), Hex.octets(sequences[i]),
					after.getBytes(StandardCharsets.UTF_8)), true);
		}
	}

	private void allInvalid(String group, String... sequences) {
		for (int i = 0; i < sequences.length; i++) {
			sequence(group + (i + 1), Hex.octets(sequences[i]), false);
		}
	}

	private void sequence(String number, byte[] payload, boolean valid) {
		this.cases.add(new Case.Scripted(number, (valid ? "valid " : "invalid ") + Hex.abbreviated(payload),
				Script.send(Frame.text(payload)),
				valid ? Expectation.normal(Event.text(payload)) : Expectation.utf8Error(), SHORT));
	}

	private void valid(String number, String title, byte[] payload, List<Frame> frames) {
		this.cases
			.add(new Case.Scripted(number, title, Script.send(frames), Expectation.normal(Event.text(payload)), CLOSE));
	}

}
