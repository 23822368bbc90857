package io.github.wsspring.context;

import java.net.InetAddress;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why the WebSocket server could not open its port.
 */
final class WsServerStartFailureAnalyzer extends AbstractFailureAnalyzer<WsServerStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, WsServerStartException failure) {
		String message = messageOf(failure.getCause());
		int port = failure.getPort();
		String address = addressOf(failure.getAddress());
		// The JDK throws a BindException for each of these: only the system's words
		// differ.
		String words = message.toLowerCase(Locale.ROOT);
		if (words.contains("in use")) {
			return analysis("The WebSocket server cannot listen on port " + port + ": it is already in use.",
					"Stop the process that listens on port " + port
							+ ", or set ws.server.port to another port (0 for any free one).",
					failure);
		}
		if (words.contains("assign requested address")) {
			return analysis(
					"The WebSocket server cannot listen on " + address + " (ws.server.address): it is not an address "
							+ "of this machine.",
					"Set ws.server.address to an address of this machine, or remove it to listen on all.", failure);
		}
		if (words.contains("permission denied")) {
			return analysis("The WebSocket server is not permitted to listen on port " + port + ".",
					"Set ws.server.port to a port from 1024 on, or give the process the right to use port " + port
							+ ".",
					failure);
		}
		return analysis("The WebSocket server cannot listen on port " + port + " (ws.server.port) of " + address
				+ " (ws.server.address): " + message, "Change ws.server.port or ws.server.address.", failure);
	}

	private static FailureAnalysis analysis(String description, String action, WsServerStartException failure) {
		return new FailureAnalysis(description, action, failure);
	}

	private static String messageOf(@Nullable Throwable cause) {
		return (cause != null) ? String.valueOf(cause.getMessage()) : "no reason is known";
	}

	private static String addressOf(@Nullable InetAddress address) {
		return (address != null) ? address.getHostAddress() : "all addresses";
	}

}
