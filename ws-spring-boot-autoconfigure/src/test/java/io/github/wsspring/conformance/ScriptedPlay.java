package io.github.wsspring.conformance;

import java.util.List;

import io.github.wsspring.conformance.ClosePattern.Decides;
import io.github.wsspring.conformance.Verdict.Behaviour;

/**
 * Plays one script and judges all that came of it.
 */
final class ScriptedPlay {

	private final Conversation conversation;

	private final double patience;

	ScriptedPlay(Link link, double patience) {
		this.conversation = new Conversation(link, patience);
		this.patience = patience;
	}

	Verdict play(Case.Scripted played) throws InterruptedException {
		for (Script.Step step : played.script().steps()) {
			if (!this.conversation.isClosedByServer()) {
				perform(step);
			}
		}
		this.conversation.arm(played.guard());
		Expectation expectation = played.expectation();
		if (expectation.close().whenMet()) {
			this.conversation.until(
					() -> this.conversation.isClosing() || this.conversation.events().equals(expectation.strict()),
					Long.MAX_VALUE);
			if (!this.conversation.isClosing()) {
				this.conversation.close(List.of(Frame.close(1000)));
			}
		}
		this.conversation.finish();
		return judge(expectation);
	}

	private void perform(Script.Step step) throws InterruptedException {
		if (step instanceof Script.Send send) {
			this.conversation.send(send.frames(), send.chop());
		}
		else if (step instanceof Script.Closing closing) {
			this.conversation.close(closing.frames());
		}
		else if (step instanceof Script.Octets octets) {
			this.conversation.sendOctets(octets.octets());
		}
		else if (step instanceof Script.Wait wait) {
			this.conversation.until(this.conversation::isClosedByServer,
					this.conversation.after(wait.patient() ? this.patience : 1));
			if (!this.conversation.isClosedByServer()) {
				this.conversation.events().addAll(wait.mark());
			}
		}
	}

	private Verdict judge(Expectation expectation) {
		Verdict.Closing closing = this.conversation.closing(expectation.close());
		String seen = "expected events " + expectation.strict() + ", " + this.conversation;
		return new Verdict(behaviour(expectation, closing), closing, seen, this.conversation.wasReset());
	}

	private Behaviour behaviour(Expectation expectation, Verdict.Closing closing) {
		if (expectation.informational()) {
			return Behaviour.INFORMATIONAL;
		}
		Decides decides = expectation.close().decides();
		if (this.conversation.isViolated() || decides == Decides.CODE && closing == Verdict.Closing.WRONG_CODE
				|| decides == Decides.STARTER && closing == Verdict.Closing.FAILED) {
			return Behaviour.FAILED;
		}
		if (this.conversation.events().equals(expectation.strict())) {
			return Behaviour.OK;
		}
		return this.conversation.events().equals(expectation.lenient()) ? Behaviour.NON_STRICT : Behaviour.FAILED;
	}

}
