package io.github.wsspring.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.github.wsspring.autoconfigure.WsProperties.Server.Ssl;
import io.github.wsspring.autoconfigure.WsProperties.Server.Ssl.ClientAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/**
 * Makes the TLS engine of each new connection from the present state of an SSL bundle, so
 * that a reloaded bundle serves the connections that come after.
 */
final class TlsEngines implements Supplier<SSLEngine> {

	/** WebSocket is upgraded from this, whatever else a client could speak. */
	private static final String[] PROTOCOL = { "http/1.1" };

	private final ClientAuth clientAuth;

	private volatile Source source;

	private TlsEngines(SslBundle bundle, ClientAuth clientAuth) {
		this.clientAuth = clientAuth;
		this.source = Source.of(bundle);
	}

	/**
	 * Looks the bundle up.
	 * @param ssl the keys under {@code ws.server.ssl}
	 * @param bundles the bundles there are
	 * @return the engines, {@code null} without a bundle
	 * @throws InvalidWsPropertyException if the bundle does not exist, or client
	 * authentication is wanted without one
	 */
	static @Nullable TlsEngines of(Ssl ssl, @Nullable SslBundles bundles) {
		String name = ssl.bundle();
		if (name == null || name.isBlank()) {
			if (ssl.clientAuth() != ClientAuth.NONE) {
				throw new InvalidWsPropertyException(List.of("ws.server.ssl.client-auth"),
						"Clients are to show certificates, but the port speaks plain TCP.",
						"Set ws.server.ssl.bundle to the name of an SSL bundle, or remove ws.server.ssl.client-auth.");
			}
			return null;
		}
		try {
			if (bundles == null) {
				throw new NoSuchSslBundleException(name, "There are no SSL bundles");
			}
			TlsEngines engines = new TlsEngines(bundles.getBundle(name), ssl.clientAuth());
			bundles.addBundleUpdateHandler(name, (bundle) -> engines.source = Source.of(bundle));
			return engines;
		}
		catch (NoSuchSslBundleException ex) {
			List<String> known = (bundles != null) ? bundles.getBundleNames().stream().sorted().toList() : List.of();
			throw new InvalidWsPropertyException(List.of("ws.server.ssl.bundle"),
					"There is no SSL bundle with the name '" + name + "'.",
					"Define it under spring.ssl.bundle.pem." + name + " or spring.ssl.bundle.jks." + name
							+ (known.isEmpty() ? "." : ", or use one of " + known + "."));
		}
	}

	@Override
	public SSLEngine get() {
		Source present = this.source;
		SSLEngine engine = present.context().createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setApplicationProtocols(PROTOCOL);
		parameters.setUseCipherSuitesOrder(true);
		if (present.options().getCiphers() != null) {
			parameters.setCipherSuites(present.options().getCiphers());
		}
		if (present.options().getEnabledProtocols() != null) {
			parameters.setProtocols(present.options().getEnabledProtocols());
		}
		switch (this.clientAuth) {
			case NONE -> {
			}
			case WANT -> parameters.setWantClientAuth(true);
			case NEED -> parameters.setNeedClientAuth(true);
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	/** What engines are made from at a time. */
	private record Source(SSLContext context, SslOptions options) {

		static Source of(SslBundle bundle) {
			return new Source(bundle.createSslContext(), bundle.getOptions());
		}

	}

}
