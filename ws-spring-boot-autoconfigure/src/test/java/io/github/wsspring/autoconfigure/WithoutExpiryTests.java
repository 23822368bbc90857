package io.github.wsspring.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.TokenVerifier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WithoutExpiry}.
 */
class WithoutExpiryTests {

	private static final UpgradeRequest REQUEST = new UpgradeRequest("GET", "/", null, List.of());

	private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("client.test", 4711);

	@Test
	void identityKeepsAllButItsEnd() throws Exception {
		Identity alice = Identity.of("alice", Set.of("chat"), Instant.EPOCH);
		Identity identity = new WithoutExpiry((token, request, address) -> alice).verify("token", REQUEST, ADDRESS);
		assertThat(identity).isEqualTo(new Identity(alice.principal(), Set.of("chat"), null));
	}

	@Test
	void nobodyStaysNobody() throws Exception {
		assertThat(new WithoutExpiry((token, request, address) -> null).verify(null, REQUEST, ADDRESS)).isNull();
	}

	@Test
	void blocksLikeItsDelegate() {
		TokenVerifier blocking = (token, request, address) -> null;
		assertThat(new WithoutExpiry(blocking).mayBlock()).isTrue();
	}

}
