package io.github.wsspring.handshake;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests to begin with: RFC 6455's example of an upgrade, and what differs from it.
 */
final class Requests {

	/** Without anything that RFC 6455, section 4.2.1, does not ask for. */
	static final UpgradeRequest UPGRADE = of("Host: server.example.com", "Upgrade: websocket", "Connection: Upgrade",
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13");

	private Requests() {
	}

	static UpgradeRequest of(String... lines) {
		return new UpgradeRequest("GET", "/chat", null, fields(lines));
	}

	static List<HttpField> fields(String... lines) {
		List<HttpField> fields = new ArrayList<>();
		for (String line : lines) {
			int colon = line.indexOf(':');
			fields.add(new HttpField(line.substring(0, colon), line.substring(colon + 1).strip()));
		}
		return fields;
	}

	static UpgradeRequest upgradeWith(String... lines) {
		List<HttpField> headers = new ArrayList<>(UPGRADE.headers());
		headers.addAll(fields(lines));
		return new UpgradeRequest("GET", "/chat", null, headers);
	}

	static UpgradeRequest upgradeWithout(String name) {
		List<HttpField> headers = new ArrayList<>(UPGRADE.headers());
		headers.removeIf((field) -> field.name().equals(name));
		return new UpgradeRequest("GET", "/chat", null, headers);
	}

	/** The upgrade with one header replaced. */
	static UpgradeRequest upgradeBut(String line) {
		List<HttpField> headers = new ArrayList<>(upgradeWithout(line.substring(0, line.indexOf(':'))).headers());
		headers.addAll(fields(line));
		return new UpgradeRequest("GET", "/chat", null, headers);
	}

}
