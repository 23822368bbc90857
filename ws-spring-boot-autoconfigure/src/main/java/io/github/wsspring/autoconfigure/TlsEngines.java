package io.github.wsspring.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509KeyManager;

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

	/** The kinds of keys that a server can show in TLS 1.2 and 1.3. */
	private static final String[] KEY_TYPES = { "EC", "RSA", "RSASSA-PSS", "EdDSA", "DSA" };

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
	 * @throws InvalidWsPropertyException if the bundle does not exist or cannot work, or
	 * client authentication is wanted without one
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
			SslBundle bundle = bundles.getBundle(name);
			check(name, bundle);
			TlsEngines engines = create(name, bundle, ssl.clientAuth());
			bundles.addBundleUpdateHandler(name, engines::reload);
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

	/** Without a key all handshakes would fail, one after the other. */
	private static void check(String name, SslBundle bundle) {
		for (KeyManager manager : bundle.getManagers().getKeyManagers()) {
			if (!(manager instanceof X509KeyManager keys) || hasKey(keys)) {
				return;
			}
		}
		throw new InvalidWsPropertyException(List.of("ws.server.ssl.bundle"),
				"The SSL bundle '" + name + "' holds no private key with a certificate.",
				"Set spring.ssl.bundle.pem." + name
						+ ".keystore.certificate and .private-key, or spring.ssl.bundle.jks." + name
						+ ".keystore.location.");
	}

	private static boolean hasKey(X509KeyManager keys) {
		for (String type : KEY_TYPES) {
			if (keys.getServerAliases(type, null) != null) {
				return true;
			}
		}
		return false;
	}

	private static TlsEngines create(String name, SslBundle bundle, ClientAuth clientAuth) {
		try {
			TlsEngines engines = new TlsEngines(bundle, clientAuth);
			engines.get();
			return engines;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidWsPropertyException(List.of("ws.server.ssl.bundle"),
					"The SSL bundle '" + name + "' asks for what this JDK cannot do: " + ex.getMessage() + ".",
					"Correct options.ciphers or options.enabled-protocols of the bundle.");
		}
	}

	/** A bundle that does not work leaves the present one in place. */
	private void reload(SslBundle bundle) {
		Source fresh = Source.of(bundle);
		newEngine(fresh);
		this.source = fresh;
	}

	@Override
	public SSLEngine get() {
		return newEngine(this.source);
	}

	private SSLEngine newEngine(Source present) {
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
