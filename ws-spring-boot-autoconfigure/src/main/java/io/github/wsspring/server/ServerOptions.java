package io.github.wsspring.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens, whom it lets in and how it ends.
 *
 * @param address the address to bind to, {@code null} for all
 * @param port the port, 0 for any free one, {@link #NO_PORT} for none
 * @param backlog how many connections the system may hold before they are accepted
 * @param eventLoops how many event loops share the connections
 * @param handshake how long and how large a handshake may be
 * @param limits how many connections there may be
 * @param shutdown how a server says good-bye
 * @param healthPath a path that plain GET requests are answered on, {@code null} for none
 * @param rejection how a missing or wrong token is answered
 * @param tls makes a configured server-side engine for each new connection, {@code null}
 * for plain TCP
 */
public record ServerOptions(@Nullable InetAddress address, int port, int backlog, int eventLoops,
		HandshakeOptions handshake, ConnectionLimits limits, ShutdownOptions shutdown, @Nullable String healthPath,
		AuthenticationRejection rejection, @Nullable Supplier<SSLEngine> tls) {

	/** Instead of a port: the server opens none. */
	public static final int NO_PORT = -1;

	/** Any free port on the loopback interface, one event loop, all defaults. */
	public static final ServerOptions DEFAULTS = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 1024, 1,
			HandshakeOptions.DEFAULTS, ConnectionLimits.DEFAULTS, ShutdownOptions.DEFAULTS, null,
			AuthenticationRejection.HTTP, null);

	public ServerOptions {
		if (port < NO_PORT || port > 65535) {
			throw new IllegalArgumentException("Port " + port + " is outside of 0-65535, and not -1 for none");
		}
		if (backlog < 1 || eventLoops < 1) {
			throw new IllegalArgumentException(
					"Backlog and number of event loops must be positive, not " + backlog + " and " + eventLoops);
		}
	}

	/**
	 * How long and how large a handshake may be.
	 *
	 * @param timeout from accept to 101, whatever is received meanwhile
	 * @param maxHeadSize the bytes of request line and headers
	 * @param maxHeaders the number of header lines
	 */
	public record HandshakeOptions(Duration timeout, int maxHeadSize, int maxHeaders) {

		/** 10 s, 8 KiB, 100 headers. */
		public static final HandshakeOptions DEFAULTS = new HandshakeOptions(Duration.ofSeconds(10), 8 * 1024, 100);

		public HandshakeOptions {
			if (!Durations.isPositive(timeout) || maxHeadSize < 256 || maxHeaders < 5) {
				throw new IllegalArgumentException("A handshake needs a positive timeout, 256 bytes and 5 headers, not "
						+ timeout + ", " + maxHeadSize + " bytes and " + maxHeaders + " headers");
			}
		}

	}

	/**
	 * How many connections there may be.
	 *
	 * @param connections in all, handshakes included
	 * @param perAddress from one address, 0 for no limit of its own
	 * @param perUser sessions of one user name, 0 for no limit of its own
	 */
	public record ConnectionLimits(int connections, int perAddress, int perUser) {

		/** 10,000 in all. */
		public static final ConnectionLimits DEFAULTS = new ConnectionLimits(10_000, 0, 0);

		public ConnectionLimits {
			if (connections < 1 || perAddress < 0 || perUser < 0) {
				throw new IllegalArgumentException("Connection limits must be positive, or 0 for none: " + connections
						+ " in all, " + perAddress + " per address, " + perUser + " per user");
			}
		}

	}

	/**
	 * How a server says good-bye.
	 *
	 * @param closeStatus what it tells the peers
	 * @param spread over how long it spreads the close frames, so that clients do not all
	 * come back at once
	 * @param gracePeriod how long it waits for handlers and peers before it drops what is
	 * left
	 */
	public record ShutdownOptions(CloseStatus closeStatus, Duration spread, Duration gracePeriod) {

		/** 1012 to all at once, 20 s. */
		public static final ShutdownOptions DEFAULTS = new ShutdownOptions(
				CloseStatus.SERVICE_RESTART.withReason("server is shutting down"), Duration.ZERO,
				Duration.ofSeconds(20));

		public ShutdownOptions {
			if (!closeStatus.isSendable() || spread.isNegative() || gracePeriod.isNegative()) {
				throw new IllegalArgumentException("A shutdown needs a close code that may be sent, such as 1001 or "
						+ "1012, and times that are not negative, not " + closeStatus.code() + ", " + spread + " and "
						+ gracePeriod);
			}
		}

	}

	/** How a missing or wrong token is answered. */
	public enum AuthenticationRejection {

		/** With 401 instead of the upgrade; a browser shows this as 1006. */
		HTTP,

		/** With the upgrade and then the close code 4401, which a browser can read. */
		CLOSE

	}

}
