package io.github.wsspring.conformance;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.wsspring.conformance.Verdict.Behaviour;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages one by one, each when the echo of the one before has come, and judges
 * the echoes.
 */
final class EchoedPlay {

	private final Link link;

	private final Conversation conversation;

	EchoedPlay(Link link, double patience) {
		this.link = link;
		this.conversation = new Conversation(link, patience);
	}

	Verdict play(Case.Echoed played) throws InterruptedException {
		DeflateAgreement agreement = this.link.agreement();
		Behaviour behaviour;
		this.conversation.arm(played.guard());
		if (!played.offers().isEmpty() && agreement == null) {
			behaviour = Behaviour.UNIMPLEMENTED;
		}
		else if (agreement == null) {
			behaviour = echo(played, null);
		}
		else {
			try (Deflate deflate = agreement.clientDeflate()) {
				behaviour = echo(played, deflate);
			}
		}
		this.conversation.close(List.of(Frame.close(1000)));
		this.conversation.finish();
		return new Verdict(behaviour, this.conversation.closing(ClosePattern.NORMAL),
				"agreement " + agreement + ", " + this.conversation, this.conversation.wasReset());
	}

	private Behaviour echo(Case.Echoed played, @Nullable Deflate deflate) throws InterruptedException {
		Case.Load load = played.load();
		Case.Messages messages = load.messages().get();
		for (int i = 0; i < load.count(); i++) {
			byte[] content = messages.next();
			this.conversation.send(frames(load, content, deflate), load.chop());
			this.conversation.until(() -> !this.conversation.events().isEmpty() || this.conversation.isClosing(),
					Long.MAX_VALUE);
			List<Event> events = List.copyOf(this.conversation.events());
			this.conversation.events().clear();
			if (events.size() != 1 || !matches(events.get(0), load.opcode(), content, played.comparesContent())) {
				this.conversation.note("message " + i + ": expected " + Hex.abbreviated(content) + ", got " + events);
				return Behaviour.FAILED;
			}
		}
		return Behaviour.OK;
	}

	private static List<Frame> frames(Case.Load load, byte[] content, @Nullable Deflate deflate) {
		Frame whole = (deflate != null) ? Frame.of(load.opcode(), deflate.message(content)).reserved(Frame.RSV1)
				: Frame.of(load.opcode(), content);
		return whole.fragmented(load.fragment());
	}

	private static boolean matches(Event event, int opcode, byte[] content, boolean comparesContent) {
		Event.Kind kind = (opcode == Frame.TEXT) ? Event.Kind.TEXT : Event.Kind.BINARY;
		return event.kind() == kind && event.payload().remaining() == content.length
				&& (!comparesContent || event.payload().equals(ByteBuffer.wrap(content)));
	}

}
