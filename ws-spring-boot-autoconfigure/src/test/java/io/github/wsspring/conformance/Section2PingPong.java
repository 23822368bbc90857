package io.github.wsspring.conformance;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Section 2: Ping and Pong.
 */
final class Section2PingPong {

	private static final Guard GUARD = Guard.close(1);

	private Section2PingPong() {
	}

	static Section section() {
		Frame unsolicited = Frame.pong("unsolicited pong payload");
		byte[] longest = Hex.repeat(0xfe, 125);
		return new Section(2, "Ping and Pong", 8, List.of(ping("2.1", new byte[0], Chop.DEFAULT, GUARD),
				ping("2.2", Frame.ping("Hello, world!").payload(), Chop.DEFAULT, GUARD),
				ping("2.3", Hex.octets("00 ff fe fd fc fb 00 ff"), Chop.DEFAULT, GUARD),
				ping("2.4", longest, Chop.DEFAULT, GUARD),
				new Case.Scripted("2.5", "Ping of 126 octets", Script.send(Frame.of(Frame.PING, Hex.repeat(0xfe, 126))),
						Expectation.protocolError(), Guard.fail(1)),
				ping("2.6", longest, Chop.octets(1), Guard.close(2)),
				new Case.Scripted("2.7", "empty unsolicited Pong", Script.closing(Frame.pong(""), Frame.close(1000)),
						Expectation.of(scriptedClose()), GUARD),
				new Case.Scripted("2.8", "unsolicited Pong", Script.closing(unsolicited, Frame.close(1000)),
						Expectation.of(scriptedClose()), GUARD),
				new Case.Scripted("2.9", "unsolicited Pong, then Ping",
						Script.send(unsolicited, Frame.ping("ping payload")),
						Expectation.normal(Event.pong("ping payload")), GUARD),
				tenPings("2.10", Chop.DEFAULT), tenPings("2.11", Chop.octets(1))));
	}

	private static ClosePattern scriptedClose() {
		return ClosePattern.answered(1000);
	}

	private static Case ping(String number, byte[] payload, Chop chop, Guard guard) {
		return new Case.Scripted(number, "Ping of " + payload.length + " octets, " + chop,
				Script.send(chop, Frame.of(Frame.PING, payload)), Expectation.normal(Event.pong(payload)), guard);
	}

	private static Case tenPings(String number, Chop chop) {
		List<String> payloads = IntStream.range(0, 10).mapToObj((i) -> "payload-" + i).toList();
		return new Case.Scripted(number, "ten Pings, " + chop,
				Script.send(chop, payloads.stream().map(Frame::ping).toArray(Frame[]::new)),
				Expectation.normal(payloads.stream().map(Event::pong).toArray(Event[]::new)), Guard.close(3));
	}

}
