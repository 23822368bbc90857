package io.github.wsspring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The keys that hold for each session, as they apply to one endpoint.
 *
 * @param heartbeat ping frames
 * @param applicationPing pings in text messages
 * @param idleTimeout how long a session may go without a message; {@code null} or zero
 * for ever
 * @param inbound what a peer may send
 * @param outbound what may wait for a peer
 * @param compression compression of messages
 */
record SessionProperties(WsProperties.Heartbeat heartbeat, WsProperties.ApplicationPing applicationPing,
		@Nullable Duration idleTimeout, WsProperties.Inbound inbound, WsProperties.Outbound outbound,
		WsProperties.Compression compression) {

	/** What holds for all endpoints unless they say otherwise. */
	static SessionProperties of(WsProperties properties) {
		return new SessionProperties(properties.getHeartbeat(), properties.getApplicationPing(),
				properties.getIdleTimeout(), properties.getInbound(), properties.getOutbound(),
				properties.getCompression());
	}

}
