package io.github.wsspring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.wsspring.server.SessionOptions.Overflow;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The keys under {@code ws.endpoints.<id>}: what differs from {@link SessionProperties}
 * for one endpoint.
 *
 * @param heartbeat Ping frames to silent peers.
 * @param applicationPing Pings in text messages.
 * @param idleTimeout How long a session may go without a message in either direction; 0
 * for ever. Without a unit: seconds.
 * @param inbound What a peer may send.
 * @param outbound What may wait for a peer that reads slowly.
 * @param compression Compression of messages (permessage-deflate).
 */
record EndpointProperties(@DefaultValue Heartbeat heartbeat, @DefaultValue ApplicationPing applicationPing,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration idleTimeout, @DefaultValue Inbound inbound,
		@DefaultValue Outbound outbound, @DefaultValue Compression compression) {

	SessionProperties over(SessionProperties inherited) {
		return new SessionProperties(this.heartbeat.over(inherited.heartbeat()),
				this.applicationPing.over(inherited.applicationPing()),
				(this.idleTimeout != null) ? this.idleTimeout : inherited.idleTimeout(),
				this.inbound.over(inherited.inbound()), this.outbound.over(inherited.outbound()),
				this.compression.over(inherited.compression()));
	}

	private static <T> T firstNonNull(@Nullable T own, T inherited) {
		return (own != null) ? own : inherited;
	}

	/**
	 * Ping frames to silent peers.
	 *
	 * @param enabled Whether silent peers are pinged, and dropped if they stay silent.
	 * @param interval How long a peer may be silent before it is pinged. Without a unit:
	 * seconds.
	 * @param timeout How long a peer may stay silent after a ping before its session
	 * ends. Without a unit: seconds.
	 */
	record Heartbeat(@Nullable Boolean enabled, @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration interval,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout) {

		private WsProperties.Heartbeat over(WsProperties.Heartbeat inherited) {
			return new WsProperties.Heartbeat(firstNonNull(this.enabled, inherited.enabled()),
					firstNonNull(this.interval, inherited.interval()), firstNonNull(this.timeout, inherited.timeout()));
		}

	}

	/**
	 * Pings in text messages, for clients that cannot send ping frames.
	 *
	 * @param enabled Whether such a message is answered instead of being given to the
	 * endpoint.
	 * @param typeField Name of the only member of such a message.
	 * @param request Value of the member in the client's message.
	 * @param reply Value of the member in the answer.
	 */
	record ApplicationPing(@Nullable Boolean enabled, @Nullable String typeField, @Nullable String request,
			@Nullable String reply) {

		private WsProperties.ApplicationPing over(WsProperties.ApplicationPing inherited) {
			return new WsProperties.ApplicationPing(firstNonNull(this.enabled, inherited.enabled()),
					firstNonNull(this.typeField, inherited.typeField()),
					firstNonNull(this.request, inherited.request()), firstNonNull(this.reply, inherited.reply()));
		}

	}

	/**
	 * What a peer may send.
	 *
	 * @param maxMessageSize How large a message may be.
	 * @param maxFrameSize How large a single frame may be. Not set, here and under 'ws',
	 * for the largest message.
	 * @param maxFragments How many frames a message may come in.
	 * @param maxPending How many messages may wait for the endpoint before nothing more
	 * is read from the peer.
	 */
	record Inbound(@Nullable DataSize maxMessageSize, @Nullable DataSize maxFrameSize, @Nullable Integer maxFragments,
			@Nullable Integer maxPending) {

		private WsProperties.Inbound over(WsProperties.Inbound inherited) {
			return new WsProperties.Inbound(firstNonNull(this.maxMessageSize, inherited.maxMessageSize()),
					(this.maxFrameSize != null) ? this.maxFrameSize : inherited.maxFrameSize(),
					firstNonNull(this.maxFragments, inherited.maxFragments()),
					firstNonNull(this.maxPending, inherited.maxPending()));
		}

	}

	/**
	 * What may wait for a peer that reads slowly.
	 *
	 * @param sendTimeout How long a peer may take nothing while something waits for it.
	 * Without a unit: seconds.
	 * @param queueSize How many bytes may wait for a peer.
	 * @param overflow What happens to a message that finds no room.
	 * @param maxStreams How many streams may be under way to a peer at a time.
	 */
	record Outbound(@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration sendTimeout, @Nullable DataSize queueSize,
			@Nullable Overflow overflow, @Nullable Integer maxStreams) {

		private WsProperties.Outbound over(WsProperties.Outbound inherited) {
			return new WsProperties.Outbound(firstNonNull(this.sendTimeout, inherited.sendTimeout()),
					firstNonNull(this.queueSize, inherited.queueSize()),
					firstNonNull(this.overflow, inherited.overflow()),
					firstNonNull(this.maxStreams, inherited.maxStreams()));
		}

	}

	/**
	 * Compression of messages (permessage-deflate, RFC 7692).
	 *
	 * @param enabled Whether messages are compressed for clients that offer it.
	 * @param threshold Smaller messages are sent as they are.
	 * @param level Effort, from 1 (fastest) to 9 (smallest).
	 * @param contextTakeover Whether messages may refer to earlier ones of the session,
	 * which costs each up to 320 KB of memory outside of the heap.
	 */
	record Compression(@Nullable Boolean enabled, @Nullable DataSize threshold, @Nullable Integer level,
			@Nullable Boolean contextTakeover) {

		private WsProperties.Compression over(WsProperties.Compression inherited) {
			return new WsProperties.Compression(firstNonNull(this.enabled, inherited.enabled()),
					firstNonNull(this.threshold, inherited.threshold()),
					(this.level != null) ? this.level : inherited.level(),
					firstNonNull(this.contextTakeover, inherited.contextTakeover()));
		}

	}

}
