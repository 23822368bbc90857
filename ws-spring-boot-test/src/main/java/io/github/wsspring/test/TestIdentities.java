package io.github.wsspring.test;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.Identity;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets the authenticator of a test's context know who a {@link WsTestClient} is, by
 * secret names that only this context has; everybody else is its own business.
 */
final class TestIdentities implements BeanPostProcessor {

	static final String HEADER = "X-Ws-Test-Identity";

	private final Map<String, Identity> byName = new ConcurrentHashMap<>();

	private final Map<Identity, String> names = new ConcurrentHashMap<>();

	/**
	 * The secret name of an identity.
	 * @param identity the identity
	 * @return what {@link #HEADER} has to say
	 */
	String nameOf(Identity identity) {
		return this.names.computeIfAbsent(identity, (added) -> {
			String name = UUID.randomUUID().toString();
			this.byName.put(name, added);
			return name;
		});
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof Authenticator authenticator) ? new TestAuthenticator(authenticator) : bean;
	}

	/** Asks the application's own authenticator about all others. */
	private final class TestAuthenticator implements Authenticator {

		private final Authenticator others;

		TestAuthenticator(Authenticator others) {
			this.others = others;
		}

		@Override
		public Outcome authenticate(UpgradeRequest request, InetSocketAddress remoteAddress) throws Exception {
			String name = request.header(HEADER);
			Identity identity = (name != null) ? TestIdentities.this.byName.get(name) : null;
			return (identity != null) ? new Admitted(identity, null) : this.others.authenticate(request, remoteAddress);
		}

		@Override
		public Outcome reauthenticate(String token, UpgradeRequest request, InetSocketAddress remoteAddress)
				throws Exception {
			return this.others.reauthenticate(token, request, remoteAddress);
		}

		@Override
		public boolean mayBlock() {
			return this.others.mayBlock();
		}

	}

}
