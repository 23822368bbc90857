package io.github.wsspring.test;

import java.time.Duration;
import java.util.List;

import io.github.wsspring.server.Identity;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What a {@link WsTestClient} was told.
 *
 * @param identity who it is, {@code null} if its headers are to tell
 * @param headers what it sends besides what every upgrade needs
 * @param subprotocols what it offers
 * @param timeout how long it waits for anything
 * @param quietTime how long nothing must come if nobody can know better
 */
record ClientSettings(@Nullable Identity identity, HttpHeaders headers, List<String> subprotocols, Duration timeout,
		Duration quietTime) {

	static final ClientSettings DEFAULTS = new ClientSettings(null, HttpHeaders.EMPTY, List.of(), Duration.ofSeconds(5),
			Duration.ofMillis(200));

	ClientSettings as(Identity identity) {
		return new ClientSettings(identity, this.headers, this.subprotocols, this.timeout, this.quietTime);
	}

	ClientSettings with(String name, String value, boolean add) {
		HttpHeaders copy = HttpHeaders.copyOf(this.headers);
		if (!add) {
			copy.remove(name);
		}
		copy.add(name, value);
		return new ClientSettings(this.identity, copy, this.subprotocols, this.timeout, this.quietTime);
	}

	ClientSettings offering(List<String> subprotocols) {
		return new ClientSettings(this.identity, this.headers, List.copyOf(subprotocols), this.timeout, this.quietTime);
	}

	ClientSettings waiting(Duration timeout, Duration quietTime) {
		if (timeout.isNegative() || timeout.isZero() || quietTime.isNegative() || quietTime.isZero()) {
			throw new IllegalArgumentException("A time to wait is positive, not " + timeout + " or " + quietTime);
		}
		return new ClientSettings(this.identity, this.headers, this.subprotocols, timeout, quietTime);
	}

}
