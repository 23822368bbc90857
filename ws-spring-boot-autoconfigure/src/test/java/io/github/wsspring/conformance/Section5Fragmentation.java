package io.github.wsspring.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Section 5: fragmented messages.
 */
final class Section5Fragmentation {

	private static final Chop[] CHOPS = { Chop.DEFAULT, Chop.FRAME_WISE, Chop.octets(1) };

	private static final Guard FAIL = Guard.fail(1);

	private static final Guard CLOSE = Guard.close(1);

	private Section5Fragmentation() {
	}

	static Section section() {
		List<Case> cases = new ArrayList<>();
		cases.add(error("5.1", "a fragmented Ping", Frame.ping("fragment1").more(), Frame.continuation("fragment2")));
		cases.add(error("5.2", "a fragmented Pong", Frame.pong("fragment1").more(), Frame.continuation("fragment2")));
		for (int i = 0; i < 3; i++) {
			cases.add(new Case.Scripted("5." + (3 + i), "text in two frames, " + CHOPS[i],
					Script.send(CHOPS[i], Frame.text("fragment1").more(), Frame.continuation("fragment2")),
					Expectation.normal(Event.text("fragment1fragment2")), CLOSE));
		}
		for (int i = 0; i < 3; i++) {
			cases.add(new Case.Scripted("5." + (6 + i), "text in two frames with a Ping between them, " + CHOPS[i],
					Script.send(CHOPS[i], Frame.text("fragment1").more(), Frame.ping("ping payload"),
							Frame.continuation("fragment2")),
					Expectation.normal(Event.pong("ping payload"), Event.text("fragment1fragment2")), CLOSE));
		}
		Frame stray = Frame.continuation("non-continuation payload");
		for (int i = 0; i < 3; i++) {
			cases.add(new Case.Scripted("5." + (9 + i), "last continuation of nothing, then text, " + CHOPS[i],
					Script.send(CHOPS[i], stray, Frame.text("Hello, world!")), Expectation.protocolError(), FAIL));
		}
		for (int i = 0; i < 3; i++) {
			cases.add(new Case.Scripted("5." + (12 + i), "continuation of nothing, then text, " + CHOPS[i],
					Script.send(CHOPS[i], stray.more(), Frame.text("Hello, world!")), Expectation.protocolError(),
					FAIL));
		}
		cases.add(new Case.Scripted("5.15", "text in two frames, then a continuation of nothing, then text",
				Script.send(Frame.text("fragment1").more(), Frame.continuation("fragment2"),
						Frame.continuation("fragment3").more(), Frame.text("fragment4")),
				Expectation.protocolError(Event.text("fragment1fragment2")).orLeniently(), FAIL));
		cases.add(error("5.16", "continuation of nothing, then text in two frames, all twice",
				Frame.continuation("fragment1").more(), Frame.text("fragment2").more(), Frame.continuation("fragment3"),
				Frame.continuation("fragment1").more(), Frame.text("fragment2").more(),
				Frame.continuation("fragment3")));
		cases.add(error("5.17", "last continuation of nothing, then text in two frames, all twice",
				Frame.continuation("fragment1"), Frame.text("fragment2").more(), Frame.continuation("fragment3"),
				Frame.continuation("fragment1"), Frame.text("fragment2").more(), Frame.continuation("fragment3")));
		cases.add(error("5.18", "text inside of a fragmented text", Frame.text("fragment1").more(),
				Frame.text("fragment2")));
		cases.add(slow("5.19", Chop.DEFAULT));
		cases.add(slow("5.20", Chop.FRAME_WISE));
		return new Section(5, "Fragmentation", 8, cases);
	}

	private static Case error(String number, String title, Frame... frames) {
		return new Case.Scripted(number, title, Script.send(frames), Expectation.protocolError(), FAIL);
	}

	private static Case slow(String number, Chop chop) {
		Script script = Script
			.send(chop, Frame.text("fragment1").more(), Frame.continuation("fragment2").more(), Frame.ping("pongme 1!"))
			.thenHold()
			.thenSend(chop, List.of(Frame.continuation("fragment3").more(), Frame.continuation("fragment4").more(),
					Frame.ping("pongme 2!"), Frame.continuation("fragment5")));
		return new Case.Scripted(number, "text in five frames with Pings and a pause between them, " + chop, script,
				Expectation.normal(Event.pong("pongme 1!"), Event.pong("pongme 2!"),
						Event.text("fragment1fragment2fragment3fragment4fragment5")),
				CLOSE);
	}

}
