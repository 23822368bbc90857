package io.github.wsspring.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for fresh tokens on sessions that are open.
 */
class ReauthenticationTests {

	private static final UpgradeRequest REQUEST = new UpgradeRequest("GET", "/ws", null, List.of());

	private final Engine engine = new Engine();

	private final Tokens tokens = new Tokens();

	private final Instant start = Instant.now();

	private Peer open(@Nullable String user) {
		if (user != null) {
			this.tokens.owners.put("first", identity(user, 60));
		}
		this.engine.authenticator = new TokenAuthenticator(List.of(new TokenAuthenticator.TokenSource.Header()), false,
				this.tokens);
		return (user != null) ? this.engine.open("Authorization: Bearer first") : this.engine.open();
	}

	private Identity identity(String user, long seconds) {
		return Identity.of(user, Set.of("until-" + seconds), this.start.plusSeconds(seconds));
	}

	private CompletableFuture<Boolean> reauthenticate(String token) {
		return this.engine.session().reauthenticate(token, REQUEST);
	}

	@Test
	void aFreshTokenReplacesIdentityAndTime() {
		Peer peer = open("ann");
		this.tokens.owners.put("fresh", identity("ann", 120));
		assertThat(reauthenticate("fresh")).isCompletedWithValue(true);
		assertThat(this.engine.session().identity()).isEqualTo(identity("ann", 120));
		assertThat(this.engine.registry.ofUser("ann")).containsExactly(this.engine.session());
		this.engine.pass(Duration.ofSeconds(119));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(1300));
		assertThat(peer.frames()).containsExactly("close 4401 token has expired");
		peer.send(Wire.close(4401, ""));
		assertThat(this.engine.registry.ofUser("ann")).isEmpty();
	}

	@Test
	void aFreshTokenMayEndEarlierThanTheFirst() {
		Peer peer = open("ann");
		this.engine.pass(Duration.ofSeconds(1));
		this.tokens.owners.put("fresh", identity("ann", 30));
		assertThat(reauthenticate("fresh")).isCompletedWithValue(true);
		// the real clock has not gone on with the engine's
		this.engine.pass(Duration.ofSeconds(29));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(1300));
		assertThat(peer.frames()).containsExactly("close 4401 token has expired");
	}

	@Test
	void aTokenWithoutAnEndNeverEnds() {
		Peer peer = open("ann");
		this.tokens.owners.put("fresh", Identity.of("ann"));
		assertThat(reauthenticate("fresh")).isCompletedWithValue(true);
		this.engine.pass(Duration.ofMinutes(3));
		assertThat(peer.frames()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "unknown", "other", "expired" })
	void aTokenThatIsNotGoodChangesNothing(String token) {
		Peer peer = open("ann");
		this.tokens.owners.put("other", identity("bob", 120));
		this.tokens.owners.put("expired", identity("ann", -1));
		assertThat(reauthenticate(token)).isCompletedWithValue(false);
		assertThat(this.engine.session().identity()).isEqualTo(identity("ann", 60));
		this.engine.pass(Duration.ofSeconds(59));
		assertThat(peer.frames()).isEmpty();
		this.engine.pass(Duration.ofMillis(1300));
		assertThat(peer.frames()).containsExactly("close 4401 token has expired");
	}

	@Test
	void anAnonymousSessionStaysAnonymous() {
		open(null);
		this.tokens.owners.put("fresh", identity("ann", 120));
		assertThat(reauthenticate("fresh")).isCompletedWithValue(false);
		assertThat(this.engine.session().identity()).isNull();
		assertThat(this.engine.registry.ofUser("ann")).isEmpty();
	}

	@Test
	void aSessionThatIsClosingTakesNoToken() {
		open("ann");
		this.tokens.owners.put("fresh", identity("ann", 120));
		this.engine.session().close(CloseStatus.NORMAL);
		assertThat(reauthenticate("fresh")).isCompletedWithValue(false);
	}

	@Test
	void aCheckThatFailsChangesNothing() {
		open("ann");
		assertThat(reauthenticate("broken")).isCompletedExceptionally();
		assertThat(this.engine.session().identity()).isEqualTo(identity("ann", 60));
	}

	@Test
	void whoKnowsNoTokensTakesNone() {
		this.engine.open();
		assertThat(reauthenticate("any")).isCompletedWithValue(false);
	}

	@Test
	void theEventLoopDoesNotWaitForACheckThatBlocks() {
		open("ann");
		this.tokens.owners.put("fresh", identity("ann", 120));
		this.tokens.mayBlock = true;
		CompletableFuture<Boolean> taken = reauthenticate("fresh");
		assertThat(taken).isNotDone();
		this.engine.runHandlers(this.engine.contextExecutor);
		assertThat(taken).isCompletedWithValue(true);
		this.engine.contextExecutor.rejecting = true;
		assertThat(reauthenticate("fresh")).isCompletedExceptionally();
	}

	@Test
	void otherThreadsCheckThemselves() {
		open("ann");
		this.tokens.owners.put("fresh", identity("ann", 120));
		this.tokens.mayBlock = true;
		assertThat(CompletableFuture.supplyAsync(() -> reauthenticate("fresh")).join()).isCompletedWithValue(true);
		assertThat(this.engine.contextExecutor.waiting()).isZero();
		this.engine.settle();
		this.engine.pass(Duration.ofSeconds(90));
		assertThat(this.engine.session().isOpen()).isTrue();
	}

	private static final class Tokens implements TokenVerifier {

		private final Map<String, Identity> owners = new HashMap<>();

		private boolean mayBlock;

		@Override
		public @Nullable Identity verify(@Nullable String token, UpgradeRequest request,
				InetSocketAddress remoteAddress) throws IOException {
			if ("broken".equals(token)) {
				throw new IOException("expected");
			}
			return (token != null) ? this.owners.get(token) : null;
		}

		@Override
		public boolean mayBlock() {
			return this.mayBlock;
		}

	}

}
