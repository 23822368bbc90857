package io.github.wsspring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Self-signed certificates that the JDK's keytool makes for each run, so that no key has
 * to be kept anywhere.
 */
public final class TestCertificates {

	/** The password of each key store. */
	public static final String PASSWORD = "changeit";

	private static final TestCertificates SERVER = new TestCertificates("localhost");

	private static final TestCertificates CLIENT = new TestCertificates("client");

	private final Path keyStore;

	private final String name;

	private TestCertificates(String name) {
		this.name = name;
		this.keyStore = create(name);
	}

	/**
	 * A certificate for localhost and 127.0.0.1.
	 * @return the certificate
	 */
	public static TestCertificates server() {
		return SERVER;
	}

	/**
	 * A certificate for a client.
	 * @return the certificate
	 */
	public static TestCertificates client() {
		return CLIENT;
	}

	/**
	 * Makes one more certificate.
	 * @param name its common name
	 * @return the certificate
	 */
	public static TestCertificates fresh(String name) {
		return new TestCertificates(name);
	}

	private static Path create(String name) {
		try {
			Path directory = Files.createTempDirectory("certificates");
			directory.toFile().deleteOnExit();
			Path store = directory.resolve(name + ".p12");
			store.toFile().deleteOnExit();
			Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
			Process process = new ProcessBuilder(List.of(keytool.toString(), "-genkeypair", "-alias", name, "-keyalg",
					"EC", "-groupname", "secp256r1", "-validity", "2", "-dname", "CN=" + name, "-ext",
					"SAN=DNS:localhost,IP:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(),
					"-storepass", PASSWORD))
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes());
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException("keytool failed: " + output);
			}
			return store;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Where key and certificate are.
	 * @return a PKCS #12 file with {@link #PASSWORD}
	 */
	public Path keyStore() {
		return this.keyStore;
	}

	/**
	 * Shows this certificate and trusts the other one.
	 * @param trusted the certificate that is trusted
	 * @return the context
	 */
	public SSLContext context(TestCertificates trusted) {
		try {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(load(), PASSWORD.toCharArray());
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			KeyStore anchors = KeyStore.getInstance("PKCS12");
			anchors.load(null, null);
			anchors.setCertificateEntry("trusted", trusted.load().getCertificate(trusted.name));
			trust.init(anchors);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private KeyStore load() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream file = Files.newInputStream(this.keyStore)) {
			store.load(file, PASSWORD.toCharArray());
		}
		return store;
	}

	/**
	 * Engines of a server with the server's certificate.
	 * @param protocols the versions it speaks, such as {@code TLSv1.2}; none for the
	 * JDK's own choice
	 * @return what makes an engine for each connection
	 */
	public static Supplier<SSLEngine> engines(String... protocols) {
		SSLContext context = SERVER.context(CLIENT);
		return () -> {
			SSLEngine engine = context.createSSLEngine();
			engine.setUseClientMode(false);
			SSLParameters parameters = engine.getSSLParameters();
			if (protocols.length > 0) {
				parameters.setProtocols(protocols);
			}
			engine.setSSLParameters(parameters);
			return engine;
		};
	}

}
