package io.github.wsspring.server;

import java.time.Duration;

import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.ProtocolLimits;
import org.jspecify.annotations.Nullable;

/**
 * Limits and times of the sessions of one endpoint.
 *
 * @param limits how much a peer may send at once
 * @param maxPending how many messages may wait for the handler before reading stops
 * @param heartbeat when to ping and how long to wait, {@code null} for never
 * @param applicationPing the text that is answered like a ping, {@code null} for none
 * @param idleTimeout how long a session may go without a message in either direction,
 * {@code null} for ever
 * @param outbound how much may wait for a slow peer
 * @param deflate how messages are compressed where the client offers it, {@code null} for
 * not at all
 */
public record SessionOptions(ProtocolLimits limits, int maxPending, @Nullable HeartbeatOptions heartbeat,
		@Nullable ApplicationPing applicationPing, @Nullable Duration idleTimeout, OutboundOptions outbound,
		@Nullable DeflateOptions deflate) {

	/** What holds if nothing else is said. */
	public static final SessionOptions DEFAULTS = new SessionOptions(ProtocolLimits.DEFAULTS, 64,
			HeartbeatOptions.DEFAULTS, ApplicationPing.DEFAULT, null, OutboundOptions.DEFAULTS, null);

	public SessionOptions {
		if (maxPending < 1) {
			throw new IllegalArgumentException("At least one message must be allowed to wait, not " + maxPending);
		}
		if (idleTimeout != null && !Durations.isPositive(idleTimeout)) {
			throw new IllegalArgumentException("The idle timeout must be positive, not " + idleTimeout);
		}
	}

	/**
	 * When to ping a silent peer (RFC 6455, section 5.5.2).
	 *
	 * @param interval how long a peer may be silent before it is pinged
	 * @param timeout how long it may then still be silent before the session ends
	 */
	public record HeartbeatOptions(Duration interval, Duration timeout) {

		/** Every 30 s, for 10 s. */
		public static final HeartbeatOptions DEFAULTS = new HeartbeatOptions(Duration.ofSeconds(30),
				Duration.ofSeconds(10));

		public HeartbeatOptions {
			if (!Durations.isPositive(interval) || !Durations.isPositive(timeout)) {
				throw new IllegalArgumentException(
						"Heartbeat interval and timeout must be positive, not " + interval + " and " + timeout);
			}
		}

	}

	/**
	 * What may wait for a peer that reads slowly.
	 *
	 * @param queueSize how many bytes may wait
	 * @param sendTimeout how long the socket may take nothing while bytes wait
	 * @param overflow what happens to a message that finds no room
	 * @param maxStreams how many streams of messages may be under way at a time; for the
	 * floors above
	 */
	public record OutboundOptions(int queueSize, Duration sendTimeout, Overflow overflow, int maxStreams) {

		private static final int MAX_STREAMS = 64;

		/** 512 KiB, 10 s, close, 64. */
		public static final OutboundOptions DEFAULTS = new OutboundOptions(512 * 1024, Duration.ofSeconds(10),
				Overflow.CLOSE);

		public OutboundOptions {
			if (queueSize < 1 || !Durations.isPositive(sendTimeout)) {
				throw new IllegalArgumentException(
						"Queue size and send timeout must be positive, not " + queueSize + " bytes and " + sendTimeout);
			}
			if (maxStreams < 0) {
				throw new IllegalArgumentException("There cannot be " + maxStreams + " streams at most");
			}
		}

		/**
		 * Options with 64 streams.
		 * @param queueSize how many bytes may wait
		 * @param sendTimeout how long the socket may take nothing while bytes wait
		 * @param overflow what happens to a message that finds no room
		 */
		public OutboundOptions(int queueSize, Duration sendTimeout, Overflow overflow) {
			this(queueSize, sendTimeout, overflow, MAX_STREAMS);
		}

	}

	/** What happens to a message that finds no room in the outbound queue. */
	public enum Overflow {

		/** The session ends with 1013: nothing is lost silently. */
		CLOSE,

		/** The message itself is dropped. */
		DROP_NEWEST,

		/** The messages that have waited longest are dropped to make room. */
		DROP_OLDEST

	}

}
