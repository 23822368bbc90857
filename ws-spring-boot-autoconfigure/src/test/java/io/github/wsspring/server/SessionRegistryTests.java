package io.github.wsspring.server;

import java.util.Set;

import io.github.wsspring.protocol.PreparedMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link SessionRegistry}.
 */
class SessionRegistryTests {

	private final Engine engine = new Engine();

	@Test
	void sessionIsFoundByIdAndUserUntilItEnds() {
		this.engine.authenticator = (request, address) -> new Authenticator.Admitted(Identity.of("ann"), null);
		Peer peer = this.engine.open();
		Session session = this.engine.session();
		SessionRegistry registry = this.engine.registry;
		assertThat(registry.find(session.id())).isSameAs(session);
		assertThat(registry.ofUser("ann")).containsExactly(session);
		assertThat(registry.ofUser("bob")).isEmpty();
		peer.reset();
		assertThat(registry.find(session.id())).isNull();
		assertThat(registry.ofUser("ann")).isEmpty();
		assertThat(registry.sessions()).isEmpty();
	}

	@Test
	void messageReachesWhomTheFilterLetsThrough() {
		Peer first = this.engine.open();
		Session skipped = this.engine.session();
		Peer second = this.engine.open();
		SendSummary summary = this.engine.registry.send(this.engine.registry.sessions(),
				(session) -> session != skipped, PreparedMessage.text("hello"));
		this.engine.settle();
		assertThat(summary).isEqualTo(new SendSummary(1, 0, 0));
		assertThat(first.frames()).isEmpty();
		assertThat(second.frames()).containsExactly("text hello");
	}

	@Test
	void noReceiversIsNoError() {
		assertThat(this.engine.registry.send(Set.of(), null, PreparedMessage.text("x"))).isEqualTo(SendSummary.NONE);
	}

}
