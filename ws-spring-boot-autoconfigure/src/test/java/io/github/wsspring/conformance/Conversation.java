package io.github.wsspring.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.wsspring.conformance.ClosePattern.Peer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the tester from the handshake to its end: what has come, who closes,
 * and what falls due. Owned by the thread that plays the case.
 */
final class Conversation {

	private static final int CLOSE_SECONDS = 1;

	/** How long a server that closes first has at most for TCP, whatever the guard. */
	private static final int LAST_SECONDS = 10;

	private final Link link;

	private final double patience;

	private final List<Event> events = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	private @Nullable Peer starter;

	private boolean closeSent;

	private boolean closeReceived;

	private int serverCode = Inbound.Closed.NO_CODE;

	/** Whether the tester has failed the connection: it hears no more messages then. */
	private boolean failed;

	private boolean violated;

	private boolean ended;

	private boolean reset;

	private boolean dropped;

	private @Nullable Guard guard;

	private long guardDue = Long.MAX_VALUE;

	/** When the server has to have answered the Close or, after that, closed TCP. */
	private long closeDue = Long.MAX_VALUE;

	/**
	 * Creates a conversation.
	 * @param link the open connection
	 * @param patience the factor of all times that the server has
	 */
	Conversation(Link link, double patience) {
		this.link = link;
		this.patience = patience;
	}

	List<Event> events() {
		return this.events;
	}

	boolean isOver() {
		return this.ended || this.dropped;
	}

	/** Whether the server has begun to close, with a Close or by dropping TCP. */
	boolean isClosedByServer() {
		return this.closeReceived || this.ended;
	}

	boolean isClosing() {
		return this.starter != null || this.ended;
	}

	void arm(Guard guard) {
		this.guard = guard;
		this.guardDue = after(guard.seconds(this.patience));
	}

	void send(List<Frame> frames, Chop chop) {
		this.link.send(frames, chop);
	}

	void sendOctets(byte[] octets) {
		this.link.send(octets);
	}

	/**
	 * Sends the tester's Close, unless that has been done.
	 * @param frames the Close, perhaps with frames around it
	 */
	void close(List<Frame> frames) {
		if (this.closeSent) {
			return;
		}
		this.closeSent = true;
		if (this.starter == null) {
			this.starter = Peer.TESTER;
			this.guardDue = Long.MAX_VALUE;
			this.closeDue = after(CLOSE_SECONDS * this.patience);
		}
		this.link.send(frames, Chop.DEFAULT);
	}

	private void fail(int code, String why) {
		note(why);
		this.failed = true;
		close(List.of(Frame.close(code)));
	}

	void note(String note) {
		this.notes.add(note);
	}

	/**
	 * Handles what comes and what falls due until the connection is over.
	 * @throws InterruptedException if the thread is interrupted
	 */
	void finish() throws InterruptedException {
		until(() -> false, Long.MAX_VALUE);
	}

	/**
	 * Handles what comes and what falls due.
	 * @param condition ends it, as does the end of the connection
	 * @param deadline ends it as well, on the clock of {@link System#nanoTime()}
	 * @throws InterruptedException if the thread is interrupted
	 */
	void until(BooleanSupplier condition, long deadline) throws InterruptedException {
		while (!isOver() && !condition.getAsBoolean()) {
			long due = Math.min(deadline, Math.min(this.guardDue, this.closeDue));
			Inbound inbound = this.link.next(due - System.nanoTime());
			if (inbound != null) {
				handle(inbound);
			}
			else if (due == deadline) {
				return;
			}
			else {
				fallDue(due);
			}
		}
	}

	long after(double seconds) {
		return System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
	}

	private void handle(Inbound inbound) {
		if (inbound instanceof Inbound.Received received) {
			if (!this.failed) {
				this.events.add(received.event());
			}
		}
		else if (inbound instanceof Inbound.Pinged pinged) {
			this.link.send(List.of(Frame.of(Frame.PONG, pinged.payload())), Chop.DEFAULT);
		}
		else if (inbound instanceof Inbound.Closed closed) {
			closed(closed.code());
		}
		else if (inbound instanceof Inbound.Violated violated) {
			this.violated = true;
			fail(violated.closeCode(), "server violates the protocol: " + violated.why());
		}
		else if (inbound instanceof Inbound.Ended end) {
			this.ended = true;
			this.reset = end.reset();
			this.starter = (this.starter != null) ? this.starter : Peer.SERVER;
		}
	}

	private void closed(int code) {
		this.closeReceived = true;
		this.serverCode = code;
		if (this.starter == Peer.TESTER) {
			this.closeDue = after(CLOSE_SECONDS * this.patience);
			return;
		}
		if (this.starter == null) {
			this.starter = Peer.SERVER;
			this.closeDue = after(LAST_SECONDS * this.patience);
		}
		close(List.of(Frame.close(1000)));
	}

	private void fallDue(long due) {
		if (due == this.guardDue && this.guard != null && this.starter == null) {
			this.guardDue = Long.MAX_VALUE;
			if (this.guard.fails()) {
				fail(1001, "guard after " + this.guard.seconds() + " s");
			}
			else {
				note("guard after " + this.guard.seconds() + " s");
				close(List.of(Frame.close()));
			}
			return;
		}
		note(this.closeReceived ? "server did not close TCP" : "server did not answer the Close");
		this.dropped = true;
		this.link.close();
	}

	Verdict.Closing closing(ClosePattern pattern) {
		if (this.starter != pattern.starter()) {
			return Verdict.Closing.FAILED;
		}
		if (pattern.clean() && !(this.closeSent && this.closeReceived && this.ended)) {
			return Verdict.Closing.UNCLEAN;
		}
		if (this.serverCode != Inbound.Closed.NO_CODE && !pattern.codes().contains(this.serverCode)) {
			return Verdict.Closing.WRONG_CODE;
		}
		return this.dropped ? Verdict.Closing.FAILED_BY_CLIENT : Verdict.Closing.OK;
	}

	/** Whether the server sent anything illegal: no case can be right then. */
	boolean isViolated() {
		return this.violated;
	}

	boolean wasReset() {
		return this.reset;
	}

	@Override
	public String toString() {
		String code = (this.serverCode != Inbound.Closed.NO_CODE) ? String.valueOf(this.serverCode) : "none";
		return "events " + this.events + ", closing started by " + this.starter + ", server's close code " + code
				+ (this.dropped ? ", dropped by tester" : this.reset ? ", reset by server" : "") + ", notes "
				+ this.notes;
	}

}
