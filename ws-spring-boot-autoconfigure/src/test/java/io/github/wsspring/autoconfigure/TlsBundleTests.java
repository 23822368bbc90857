package io.github.wsspring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.github.wsspring.TestCertificates;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.WsEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code ws.server.ssl} with real bundles and real clients.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class TlsBundleTests {

	private static final TestCertificates SERVER = TestCertificates.server();

	private static final TestCertificates CLIENT = TestCertificates.client();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, JacksonAutoConfiguration.class,
				WsAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0", "ws.server.address=127.0.0.1", "ws.server.ssl.bundle=main")
		.withBean(Echo.class);

	@Test
	void keyStoreBundleServesClients() {
		this.runner.withPropertyValues(keyStore("main", SERVER)).run((context) -> {
			Client client = Client.connect(port(context), CLIENT.context(SERVER));
			assertThat(client.echo("hello")).isEqualTo("hello");
		});
	}

	@Test
	void pemBundleServesClients() {
		this.runner.withPropertyValues(pem("main", SERVER, "localhost")).run((context) -> {
			Client client = Client.connect(port(context), CLIENT.context(SERVER));
			assertThat(client.echo("hello")).isEqualTo("hello");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "want", "need" })
	void clientWithATrustedCertificateIsServed(String clientAuth) {
		this.runner.withPropertyValues(pem("main", SERVER, "localhost"))
			.withPropertyValues("spring.ssl.bundle.pem.main.truststore.certificate=" + certificate(CLIENT, "client"),
					"ws.server.ssl.client-auth=" + clientAuth)
			.run((context) -> {
				try (SSLSocket socket = handshake(port(context), CLIENT.context(SERVER))) {
					assertThat(socket.getSession().getLocalCertificates() != null)
						.isEqualTo(!clientAuth.equals("none"));
				}
				assertThat(Client.connect(port(context), CLIENT.context(SERVER)).echo("hello")).isEqualTo("hello");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "want" })
	void clientWithoutACertificateIsServedUnlessItNeedsOne(String clientAuth) {
		this.runner.withPropertyValues(pem("main", SERVER, "localhost"))
			.withPropertyValues("spring.ssl.bundle.pem.main.truststore.certificate=" + certificate(CLIENT, "client"),
					"ws.server.ssl.client-auth=" + clientAuth)
			.run((context) -> assertThat(Client.connect(port(context), anonymous()).echo("hello")).isEqualTo("hello"));
	}

	@Test
	void clientWithoutACertificateIsRefusedIfItNeedsOneAndTheLogNamesTheKey(CapturedOutput output) {
		this.runner.withPropertyValues(pem("main", SERVER, "localhost"))
			.withPropertyValues("spring.ssl.bundle.pem.main.truststore.certificate=" + certificate(CLIENT, "client"),
					"ws.server.ssl.client-auth=need")
			.run((context) -> assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
				try (SSLSocket socket = handshake(port(context), anonymous())) {
					socket.getInputStream().read();
				}
			}));
		assertThat(output.getAll().lines().filter((line) -> line.contains("TLS handshake failed"))).singleElement()
			.asString()
			.contains("ws.server.ssl.client-auth");
	}

	@Test
	void clientIsToldToSpeakHttp11() {
		this.runner.withPropertyValues(keyStore("main", SERVER)).run((context) -> {
			assertThat(alpn(port(context), "h2", "http/1.1")).isEqualTo("http/1.1");
			assertThat(alpn(port(context))).isEmpty();
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> alpn(port(context), "h2"))
				.withMessageContaining("no_application_protocol");
		});
	}

	@Test
	void protocolsOfTheBundleAreTheOnlyOnes() {
		this.runner.withPropertyValues(keyStore("main", SERVER))
			.withPropertyValues("spring.ssl.bundle.jks.main.options.enabled-protocols=TLSv1.2",
					"spring.ssl.bundle.jks.main.options.ciphers=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
			.run((context) -> {
				try (SSLSocket socket = handshake(port(context), CLIENT.context(SERVER))) {
					assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
					assertThat(socket.getSession().getCipherSuite())
						.isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
				}
			});
	}

	@Test
	void reloadedBundleServesNewConnectionsWhileOldOnesGoOn() {
		TestCertificates renewed = TestCertificates.fresh("renewed");
		this.runner.withPropertyValues(keyStore("main", SERVER))
			.withPropertyValues(keyStore("next", renewed))
			.run((context) -> {
				Client old = Client.connect(port(context), CLIENT.context(SERVER));
				assertThat(old.echo("before")).isEqualTo("before");
				context.getBean(SslBundleRegistry.class)
					.updateBundle("main", context.getBean(SslBundles.class).getBundle("next"));
				assertThat(old.echo("after")).isEqualTo("after");
				Client fresh = Client.connect(port(context), CLIENT.context(renewed));
				assertThat(fresh.echo("hello")).isEqualTo("hello");
				assertThatExceptionOfType(SSLException.class)
					.isThrownBy(() -> handshake(port(context), CLIENT.context(SERVER)));
			});
	}

	@Test
	void bundleThatCannotWorkDoesNotReplaceOneThatDoes() {
		this.runner.withPropertyValues(keyStore("main", SERVER))
			.withPropertyValues(keyStore("broken", SERVER))
			.withPropertyValues("spring.ssl.bundle.jks.broken.options.ciphers=NO_SUCH_CIPHER")
			.run((context) -> {
				assertThatExceptionOfType(IllegalArgumentException.class)
					.isThrownBy(() -> context.getBean(SslBundleRegistry.class)
						.updateBundle("main", context.getBean(SslBundles.class).getBundle("broken")));
				Client client = Client.connect(port(context), CLIENT.context(SERVER));
				assertThat(client.echo("hello")).isEqualTo("hello");
			});
	}

	@Test
	void bundleWithoutAKeyIsRefusedAtTheStart() {
		this.runner
			.withPropertyValues("spring.ssl.bundle.pem.main.truststore.certificate=" + certificate(CLIENT, "client"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidWsPropertyException.class)
				.hasMessageContaining("'main' holds no private key"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ciphers=NO_SUCH_CIPHER", "enabled-protocols=TLSv9" })
	void bundleThatAsksForWhatTheJdkCannotDoIsRefusedAtTheStart(String option) {
		this.runner.withPropertyValues(keyStore("main", SERVER))
			.withPropertyValues("spring.ssl.bundle.jks.main.options." + option)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidWsPropertyException.class)
				.hasMessageContaining("'main'")
				.hasMessageContaining(option.substring(option.indexOf('=') + 1)));
	}

	private static String[] keyStore(String bundle, TestCertificates certificates) {
		String prefix = "spring.ssl.bundle.jks." + bundle + ".keystore.";
		return new String[] { prefix + "type=PKCS12", prefix + "location=file:" + certificates.keyStore(),
				prefix + "password=" + TestCertificates.PASSWORD };
	}

	private static String[] pem(String bundle, TestCertificates certificates, String alias) {
		String prefix = "spring.ssl.bundle.pem." + bundle + ".keystore.";
		return new String[] { prefix + "certificate=" + certificate(certificates, alias),
				prefix + "private-key=" + privateKey(certificates, alias) };
	}

	private static String certificate(TestCertificates certificates, String alias) {
		try {
			return pem("CERTIFICATE", load(certificates.keyStore()).getCertificate(alias).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String privateKey(TestCertificates certificates, String alias) {
		try {
			KeyStore store = load(certificates.keyStore());
			return pem("PRIVATE KEY", store.getKey(alias, TestCertificates.PASSWORD.toCharArray()).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pem(String type, byte[] der) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der)
				+ "\n-----END " + type + "-----\n";
	}

	private static KeyStore load(Path path) {
		try (InputStream file = Files.newInputStream(path)) {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(file, TestCertificates.PASSWORD.toCharArray());
			return store;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A client without a certificate that trusts the server's. */
	private static SSLContext anonymous() throws GeneralSecurityException {
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(load(SERVER.keyStore()));
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private static SSLSocket handshake(int port, SSLContext context) throws IOException {
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
		socket.setSoTimeout(10_000);
		try {
			socket.startHandshake();
			return socket;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	private static String alpn(int port, String... protocols) throws IOException {
		try (SSLSocket socket = (SSLSocket) CLIENT.context(SERVER).getSocketFactory().createSocket("127.0.0.1", port)) {
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(protocols);
			socket.setSSLParameters(parameters);
			socket.startHandshake();
			return socket.getApplicationProtocol();
		}
	}

	private static int port(AssertableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.ws.port", int.class);
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		private @Nullable WebSocket webSocket;

		static Client connect(int port, SSLContext context) {
			Client client = new Client();
			client.webSocket = HttpClient.newBuilder()
				.sslContext(context)
				.build()
				.newWebSocketBuilder()
				.buildAsync(URI.create("wss://127.0.0.1:" + port + "/echo"), client)
				.join();
			return client;
		}

		@Nullable String echo(String text) throws InterruptedException {
			assertThat(this.webSocket).isNotNull();
			this.webSocket.sendText(text, true).join();
			return this.texts.poll(10, TimeUnit.SECONDS);
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.texts.add(data.toString());
			webSocket.request(1);
			return null;
		}

	}

}
