package io.github.wsspring.conformance;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Plays cases against one server.
 */
final class Tester {

	private static final List<DeflateOffer> NO_OFFERS = List.of();

	private final EchoServer server;

	private final double patience;

	private final ScheduledExecutorService watchdog;

	/**
	 * Creates a tester.
	 * @param server the server under test
	 * @param patience how many times longer than the catalogue says it waits for a server
	 * that is to do something; 1 is exact
	 * @param watchdog drops a connection that hangs in a write
	 */
	Tester(EchoServer server, double patience, ScheduledExecutorService watchdog) {
		this.server = server;
		this.patience = patience;
		this.watchdog = watchdog;
	}

	/**
	 * Plays a case to its end, which comes in any event.
	 * @param played the case
	 * @return what became of it
	 * @throws InterruptedException if the thread is interrupted
	 */
	Verdict play(Case played) throws InterruptedException {
		List<DeflateOffer> offers = (played instanceof Case.Echoed echoed) ? echoed.offers() : NO_OFFERS;
		try (Link link = Link.open(this.server, offers)) {
			ScheduledFuture<?> bite = this.watchdog.schedule(link::close, limitMillis(played), TimeUnit.MILLISECONDS);
			try {
				return (played instanceof Case.Scripted scripted) ? new ScriptedPlay(link, this.patience).play(scripted)
						: new EchoedPlay(link, this.patience).play((Case.Echoed) played);
			}
			finally {
				bite.cancel(false);
			}
		}
		catch (Violation | IOException ex) {
			return new Verdict(Verdict.Behaviour.FAILED, Verdict.Closing.FAILED, "handshake: " + ex, false);
		}
	}

	private long limitMillis(Case played) {
		Guard guard = (played instanceof Case.Scripted scripted) ? scripted.guard() : ((Case.Echoed) played).guard();
		return (long) (1000 * (10 + guard.seconds(this.patience) + 5 * this.patience));
	}

}
