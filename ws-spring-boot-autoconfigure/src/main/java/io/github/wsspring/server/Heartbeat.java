package io.github.wsspring.server;

import io.github.wsspring.server.SessionOptions.HeartbeatOptions;

/**
 * Decides when a silent peer is pinged and when it is given up. Pure: times in, action
 * out.
 *
 * <pre>
 *   last sign of life              ping                        expired
 *          |------- interval -------->|-------- timeout ---------->|
 * </pre>
 */
final class Heartbeat {

	/** No ping is under way. */
	static final long NO_PING = Long.MIN_VALUE;

	private Heartbeat() {
	}

	/**
	 * Decides what to do now.
	 * @param options how long to wait
	 * @param now the present time, in nanoseconds
	 * @param lastRead when the peer last sent anything
	 * @param lastPing when it was last pinged, {@link #NO_PING} if it was not
	 * @return what to do
	 */
	static Action decide(HeartbeatOptions options, long now, long lastRead, long lastPing) {
		if (isPinged(lastRead, lastPing)) {
			return (now - lastPing >= Durations.nanos(options.timeout())) ? Action.EXPIRED : Action.NONE;
		}
		return (now - lastRead >= Durations.nanos(options.interval())) ? Action.PING : Action.NONE;
	}

	/**
	 * For how long there will be nothing to do, whatever the peer sends meanwhile.
	 * @param options how long to wait
	 * @param now the present time, in nanoseconds
	 * @param lastRead when the peer last sent anything
	 * @param lastPing when it was last pinged, {@link #NO_PING} if it was not
	 * @return nanoseconds, not positive if there is something to do now
	 */
	static long rest(HeartbeatOptions options, long now, long lastRead, long lastPing) {
		long interval = Durations.nanos(options.interval());
		if (isPinged(lastRead, lastPing)) {
			// if it answers at once, the next ping is an interval away
			return Math.min(lastPing + Durations.nanos(options.timeout()) - now, interval);
		}
		return lastRead + interval - now;
	}

	private static boolean isPinged(long lastRead, long lastPing) {
		return lastPing != NO_PING && lastRead - lastPing <= 0;
	}

	/** What to do. */
	enum Action {

		/** Nothing. */
		NONE,

		/** Send a ping. */
		PING,

		/** Give the peer up. */
		EXPIRED

	}

}
