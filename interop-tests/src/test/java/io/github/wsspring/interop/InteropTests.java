package io.github.wsspring.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import io.github.wsspring.TestCertificates;
import io.github.wsspring.endpoint.Execution;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.interop.Client.Session;
import io.github.wsspring.interop.Inbox.Closed;
import io.github.wsspring.interop.Inbox.Pong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static io.github.wsspring.interop.InteropTests.Ability.COMPRESSION;
import static io.github.wsspring.interop.InteropTests.Ability.FRAGMENTS;
import static io.github.wsspring.interop.InteropTests.Ability.PINGS;
import static io.github.wsspring.interop.InteropTests.Ability.RESETS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each client over plain TCP and TLS, against an endpoint on the executor and one on the
 * event loop; the latter takes compression contexts over.
 */
@Timeout(30)
class InteropTests {

	private static final String LARGE_TEXT = "äöü ".repeat(150_000);

	private static final Map<String, ConfigurableApplicationContext> SERVERS = new HashMap<>();

	private static final Map<Kind, Client> CLIENTS = new HashMap<>();

	private final Inbox inbox = new Inbox();

	static List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		for (Kind kind : Kind.values()) {
			for (String scheme : new String[] { "ws", "wss" }) {
				for (Endpoint endpoint : Endpoint.values()) {
					rows.add(new Row(kind, scheme, endpoint));
				}
			}
		}
		return rows;
	}

	static List<Row> fragmenting() {
		return rows().stream().filter((row) -> row.can(FRAGMENTS)).toList();
	}

	static List<Row> pinging() {
		return rows().stream().filter((row) -> row.can(PINGS)).toList();
	}

	static List<Row> agreedOnContexts() {
		return rows().stream()
			.filter((row) -> row.endpoint() == Endpoint.EVENT_LOOP || !row.can(COMPRESSION) || row.can(RESETS))
			.toList();
	}

	@BeforeAll
	static void startServers() {
		SERVERS.put("ws", start());
		SERVERS.put("wss", start("--ws.server.ssl.bundle=server"));
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		String store = TestCertificates.server().keyStore().toUri().toString();
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("ws.server.port=0", "ws.server.address=127.0.0.1", "ws.inbound.max-message-size=2MB",
					"ws.outbound.queue-size=4MB", "ws.compression.enabled=true", "ws.compression.threshold=0B",
					"ws.compression.level=1", "ws.endpoints.loop.compression.context-takeover=true",
					"spring.ssl.bundle.jks.server.keystore.location=" + store,
					"spring.ssl.bundle.jks.server.keystore.password=" + TestCertificates.PASSWORD,
					"spring.ssl.bundle.jks.client.truststore.location=" + store,
					"spring.ssl.bundle.jks.client.truststore.password=" + TestCertificates.PASSWORD)
			.run(arguments);
	}

	@AfterAll
	static void stop() throws Exception {
		for (Client client : CLIENTS.values()) {
			client.stop();
		}
		CLIENTS.clear();
		SERVERS.values().forEach(ConfigurableApplicationContext::close);
		SERVERS.clear();
	}

	private Session connect(Row row) throws Exception {
		ConfigurableApplicationContext server = server(row);
		SslBundle trust = server.getBean(SslBundles.class).getBundle("client");
		Client client = CLIENTS.computeIfAbsent(row.kind(), (kind) -> kind.factory.apply(trust));
		ends(row).clear();
		String port = server.getEnvironment().getRequiredProperty("local.ws.port");
		return client.connect(URI.create(row.scheme() + "://127.0.0.1:" + port + row.endpoint().path), this.inbox);
	}

	/** Each test ends as a session should, with the client's code at the server. */
	private void close(Row row, Session session) throws Exception {
		session.close(4001, "enough");
		ends(row).expect(new Closed(4001, "enough"));
	}

	private static ConfigurableApplicationContext server(Row row) {
		return Objects.requireNonNull(SERVERS.get(row.scheme()));
	}

	private static Inbox ends(Row row) {
		return server(row).getBean(row.endpoint().type).ends;
	}

	@EachRow
	void compressionIsAgreedOnWhereItIsOffered(Row row) throws Exception {
		Session session = connect(row);
		if (row.can(COMPRESSION)) {
			assertThat(session.extensions()).startsWith("permessage-deflate");
		}
		else {
			assertThat(session.extensions()).isNull();
		}
		close(row, session);
	}

	@EachRow
	void textIsEchoed(Row row) throws Exception {
		Session session = connect(row);
		for (String text : new String[] { "hello", "", "𝄞 höher", "{\"a\":1}" }) {
			session.text(text);
			this.inbox.expect(text);
		}
		close(row, session);
	}

	@EachRow
	void binaryIsEchoed(Row row) throws Exception {
		Session session = connect(row);
		for (byte[] data : new byte[][] { { 1, 2, 3 }, {}, new byte[70_000] }) {
			session.binary(data);
			this.inbox.expect(ByteBuffer.wrap(data));
		}
		close(row, session);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("agreedOnContexts")
	void messagesThatResembleEachOtherAreEchoed(Row row) throws Exception {
		Session session = connect(row);
		for (String text : new String[] { "hello", "hello", "", "hello, hello" }) {
			session.text(text);
			this.inbox.expect(text);
		}
		close(row, session);
	}

	@EachRow
	void aMebibyteIsEchoed(Row row) throws Exception {
		Session session = connect(row);
		byte[] random = new byte[1024 * 1024];
		new Random(42).nextBytes(random);
		session.binary(random);
		this.inbox.expect(ByteBuffer.wrap(random));
		session.text(LARGE_TEXT);
		this.inbox.expect(LARGE_TEXT);
		close(row, session);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("fragmenting")
	void fragmentsBecomeOneMessage(Row row) throws Exception {
		Session session = connect(row);
		session.fragments("one ", "", "two ", "three");
		this.inbox.expect("one two three");
		close(row, session);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("pinging")
	void aPingOfTheClientIsAnswered(Row row) throws Exception {
		Session session = connect(row);
		session.ping(new byte[] { 1, 2, 3 });
		this.inbox.expect(new Pong(ByteBuffer.wrap(new byte[] { 1, 2, 3 })));
		close(row, session);
	}

	@EachRow
	void aPingOfTheServerIsAnswered(Row row) throws Exception {
		Session session = connect(row);
		session.text(Echo.PING);
		this.inbox.expect(ByteBuffer.wrap(Echo.PING.getBytes()));
		close(row, session);
	}

	@EachRow
	void theClientsCloseIsAnsweredWithItsCode(Row row) throws Exception {
		Session session = connect(row);
		close(row, session);
		this.inbox.expect(new Closed(4001, "enough"));
	}

	@EachRow
	void theServersCloseReachesTheClient(Row row) throws Exception {
		Session session = connect(row);
		session.text(Echo.CLOSE);
		this.inbox.expect(new Closed(Echo.STATUS.code(), Echo.STATUS.reason()));
		ends(row).expect(new Closed(Echo.STATUS.code(), Echo.STATUS.reason()));
	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	@interface EachRow {

	}

	/** What not every client lets its users do. */
	enum Ability {

		/** Agrees on permessage-deflate. */
		COMPRESSION,

		/**
		 * Compresses each message by itself when the server asks for it (RFC 7692,
		 * section 7.1.1.2). Java-WebSocket 1.6.0 and Jetty 12.1.10 do not: with
		 * compression, but without context takeover, their second message may end with
		 * 1007.
		 */
		RESETS,

		/** Sends a message in frames of the caller's choice. */
		FRAGMENTS,

		/** Sends pings of the caller's. */
		PINGS

	}

	/** The clients. */
	enum Kind {

		JDK(JdkClient::new, FRAGMENTS, PINGS),

		JAVA_WEBSOCKET((trust) -> new JavaWebSocketClient(trust, false), FRAGMENTS, PINGS),

		JAVA_WEBSOCKET_DEFLATE((trust) -> new JavaWebSocketClient(trust, true), COMPRESSION, FRAGMENTS, PINGS),

		OKHTTP(OkHttpWebSocketClient::new, COMPRESSION, RESETS),

		TOMCAT((trust) -> new TomcatClient(trust, false), FRAGMENTS, PINGS),

		TOMCAT_DEFLATE((trust) -> new TomcatClient(trust, true), COMPRESSION, RESETS, FRAGMENTS, PINGS),

		JETTY((trust) -> new JettyClient(trust, false), FRAGMENTS, PINGS),

		JETTY_DEFLATE((trust) -> new JettyClient(trust, true), COMPRESSION, FRAGMENTS, PINGS);

		private final Function<SslBundle, Client> factory;

		private final Set<Ability> abilities = EnumSet.noneOf(Ability.class);

		Kind(Function<SslBundle, Client> factory, Ability... abilities) {
			this.factory = factory;
			this.abilities.addAll(List.of(abilities));
		}

	}

	/** The endpoints. */
	enum Endpoint {

		TASK("/task", OnExecutor.class), EVENT_LOOP("/loop", OnEventLoop.class);

		private final String path;

		private final Class<? extends Echo> type;

		Endpoint(String path, Class<? extends Echo> type) {
			this.path = path;
			this.type = type;
		}

	}

	/**
	 * A row of the table.
	 *
	 * @param kind the client
	 * @param scheme ws or wss
	 * @param endpoint the endpoint
	 */
	record Row(Kind kind, String scheme, Endpoint endpoint) {

		boolean can(Ability ability) {
			return this.kind.abilities.contains(ability);
		}

		@Override
		public String toString() {
			return this.kind + " " + this.scheme + " " + this.endpoint;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ OnExecutor.class, OnEventLoop.class })
	static class Application {

	}

	@WsEndpoint(path = "/task", id = "task")
	static class OnExecutor extends Echo {

	}

	@WsEndpoint(path = "/loop", id = "loop", execution = Execution.EVENT_LOOP)
	static class OnEventLoop extends Echo {

	}

}
