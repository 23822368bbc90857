package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with a certificate that it has signed itself, for all servers of a run.
 *
 * @param file a PKCS #12 key store
 */
record Certificate(Path file) {

	/** All that a key of a benchmark needs. */
	static final String PASSWORD = "benchmark";

	static final String PROTOCOL = "TLSv1.3";

	static final String CIPHER = "TLS_AES_128_GCM_SHA256";

	/**
	 * Makes one with the JDK's tool.
	 * @return the certificate, in a new directory
	 * @throws IOException if the tool fails
	 */
	static Certificate create() throws IOException {
		Path file = Files.createTempDirectory("benchmark").resolve("key.p12");
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD);
		try {
			int status = new ProcessBuilder(command).inheritIO().start().waitFor();
			if (status != 0) {
				throw new IOException("keytool ended with " + status);
			}
			return new Certificate(file);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** What the starter has to be told. */
	List<String> properties() {
		String bundle = "--spring.ssl.bundle.jks.benchmark.";
		return List.of("--ws.server.ssl.bundle=benchmark", bundle + "keystore.location=file:" + this.file,
				bundle + "keystore.password=" + PASSWORD, bundle + "options.enabled-protocols=" + PROTOCOL,
				bundle + "options.ciphers=" + CIPHER);
	}

	SSLContext client() throws IOException {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(keys());
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IOException(ex);
		}
	}

	KeyManagerFactory server() throws IOException, GeneralSecurityException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(keys(), PASSWORD.toCharArray());
		return keys;
	}

	private KeyStore keys() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(this.file)) {
			store.load(input, PASSWORD.toCharArray());
		}
		return store;
	}

}
