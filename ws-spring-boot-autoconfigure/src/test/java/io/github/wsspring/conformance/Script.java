package io.github.wsspring.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * What the tester does in a case, in order.
 */
final class Script {

	private final List<Step> steps = new ArrayList<>();

	static Script send(Frame... frames) {
		return send(Chop.DEFAULT, frames);
	}

	static Script send(Chop chop, Frame... frames) {
		return new Script().thenSend(chop, List.of(frames));
	}

	static Script send(List<Frame> frames) {
		return new Script().thenSend(Chop.DEFAULT, frames);
	}

	/**
	 * Sends frames of which one is the Close that begins the closing handshake.
	 * @param frames the frames
	 * @return the script
	 */
	static Script closing(Frame... frames) {
		return new Script().add(new Closing(List.of(frames)));
	}

	static Script octets(byte[] octets) {
		return new Script().thenOctets(octets);
	}

	Script thenSend(Chop chop, List<Frame> frames) {
		return add(new Send(frames, chop));
	}

	Script thenOctets(byte[] octets) {
		return add(new Octets(octets));
	}

	/**
	 * Waits one second in which nothing should end the connection.
	 * @param mark the event if nothing does
	 * @return this
	 */
	Script thenHold(Event... mark) {
		return add(new Wait(List.of(mark), false));
	}

	/**
	 * Waits one second in which the server should end the connection; the suite's
	 * patience makes it longer.
	 * @param mark the event if it does not
	 * @return this
	 */
	Script thenExpectEnd(Event mark) {
		return add(new Wait(List.of(mark), true));
	}

	private Script add(Step step) {
		this.steps.add(step);
		return this;
	}

	List<Step> steps() {
		return List.copyOf(this.steps);
	}

	/** One thing to do. */
	sealed interface Step {

	}

	/** Sends frames. */
	record Send(List<Frame> frames, Chop chop) implements Step {
	}

	/** Sends frames, the tester's Close among them. */
	record Closing(List<Frame> frames) implements Step {
	}

	/** Sends octets as they are. */
	record Octets(byte[] octets) implements Step {
	}

	/** Waits for a second and leaves a mark if the server has not begun to close. */
	record Wait(List<Event> mark, boolean patient) implements Step {
	}

}
