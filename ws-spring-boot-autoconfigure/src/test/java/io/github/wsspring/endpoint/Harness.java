package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.HandshakeExchange;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.Route;
import io.github.wsspring.server.SendSummary;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionOptions;
import io.github.wsspring.server.SessionRegistry;
import io.github.wsspring.server.Topics;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.MapPropertySource;
import org.springframework.format.support.DefaultFormattingConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

/**
 * A context with endpoints, and clients that talk to them without a socket.
 */
final class Harness implements AutoCloseable {

	static final JacksonJsonCodec JSON = new JacksonJsonCodec(
			JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build());

	final SessionRegistry registry = mock(SessionRegistry.class);

	final Map<String, Session> sessions = new LinkedHashMap<>();

	final Map<String, Set<Session>> topics = new HashMap<>();

	final List<PreparedMessage> broadcasts = new ArrayList<>();

	final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	final EndpointRouter router;

	private Harness(MessageCodec codec, Map<String, Object> properties, HandlerOptions options, Class<?>... beans) {
		fakeRegistry();
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
		// as in every Boot application
		this.context.register(PropertySourcesPlaceholderConfigurer.class);
		for (Class<?> bean : beans) {
			this.context.register(bean);
		}
		this.context.refresh();
		EndpointSettings settings = new EndpointSettings(Runnable::run, OriginPolicy.SAME_HOST,
				(id) -> SessionOptions.DEFAULTS, codec, new DefaultFormattingConversionService(), options);
		this.router = new EndpointScanner(this.context.getBeanFactory(), settings, this.registry).scan();
	}

	static Harness of(Class<?>... beans) {
		return new Harness(new MessageCodec(JSON, "type"), Map.of(), HandlerOptions.NONE, beans);
	}

	static Harness with(Map<String, Object> properties, Class<?>... beans) {
		return new Harness(new MessageCodec(JSON, "type"), properties, HandlerOptions.NONE, beans);
	}

	static Harness with(MessageCodec codec, Class<?>... beans) {
		return new Harness(codec, Map.of(), HandlerOptions.NONE, beans);
	}

	static Harness with(HandlerOptions options, Class<?>... beans) {
		return new Harness(new MessageCodec(JSON, "type"), Map.of(), options, beans);
	}

	static Harness with(MessageCodec codec, HandlerOptions options, Class<?>... beans) {
		return new Harness(codec, Map.of(), options, beans);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Route route(String path) {
		Route route = this.router.route(path);
		assertThat(route).isNotNull();
		return Objects.requireNonNull(route);
	}

	/** Does the handshake and opens the session. */
	FakeSession connect(String target) throws Exception {
		return connect(target, null);
	}

	FakeSession connect(String target, @Nullable String user, HttpField... headers) throws Exception {
		return connectAs(target, identity(user), headers);
	}

	FakeSession connectAs(String target, @Nullable Identity identity, HttpField... headers) throws Exception {
		HandshakeExchange exchange = handshakeAs(target, identity, headers);
		assertThat(exchange.rejection()).isNull();
		return open(target, identity, exchange);
	}

	private FakeSession open(String target, @Nullable Identity identity, HandshakeExchange exchange) throws Exception {
		Route route = route(path(target));
		FakeSession session = new FakeSession("s" + (this.sessions.size() + 1), route.endpoint(), identity,
				attachment(exchange));
		this.sessions.put(session.id(), session);
		route.endpoint().handler().onOpen(session);
		return session;
	}

	HandshakeExchange handshake(String target, @Nullable String user, HttpField... headers) throws Exception {
		return handshakeAs(target, identity(user), headers);
	}

	HandshakeExchange handshakeAs(String target, @Nullable Identity identity, HttpField... headers) throws Exception {
		Route route = route(path(target));
		int mark = target.indexOf('?');
		UpgradeRequest request = new UpgradeRequest("GET", path(target),
				(mark >= 0) ? target.substring(mark + 1) : null, List.of(headers));
		HandshakeExchange exchange = new HandshakeExchange(request, FakeSession.REMOTE, route, identity, null);
		route.endpoint().handler().handshake(exchange);
		return exchange;
	}

	private static String path(String target) {
		int mark = target.indexOf('?');
		return (mark >= 0) ? target.substring(0, mark) : target;
	}

	private static @Nullable Identity identity(@Nullable String user) {
		return (user != null) ? Identity.of(user) : null;
	}

	private static @Nullable Object attachment(HandshakeExchange exchange) throws ReflectiveOperationException {
		var accessor = HandshakeExchange.class.getDeclaredMethod("attachment");
		accessor.setAccessible(true);
		return accessor.invoke(exchange);
	}

	private void fakeRegistry() {
		Topics topics = mock(Topics.class);
		doAnswer((call) -> topics).when(this.registry).topics();
		doAnswer((call) -> this.sessions.values()).when(this.registry).sessions();
		doAnswer((call) -> this.sessions.get(call.<String>getArgument(0))).when(this.registry).find(anyString());
		doAnswer((call) -> ofUser(call.getArgument(0))).when(this.registry).ofUser(anyString());
		doAnswer((call) -> send(call.getArgument(0), call.getArgument(1), call.getArgument(2))).when(this.registry)
			.send(any(), any(), any());
		doAnswer((call) -> members(call.getArgument(0)).add(call.getArgument(1))).when(topics).join(anyString(), any());
		doAnswer((call) -> members(call.getArgument(0)).remove(call.<Session>getArgument(1))).when(topics)
			.leave(anyString(), any());
		doAnswer((call) -> members(call.getArgument(0))).when(topics).members(anyString());
		doAnswer((call) -> topicsOf(call.getArgument(0))).when(topics).topicsOf(any());
	}

	private Set<Session> members(String topic) {
		return this.topics.computeIfAbsent(topic, (name) -> new LinkedHashSet<>());
	}

	private Set<String> topicsOf(Session session) {
		Set<String> names = new HashSet<>();
		this.topics.forEach((name, members) -> {
			if (members.contains(session)) {
				names.add(name);
			}
		});
		return names;
	}

	private Set<Session> ofUser(String name) {
		Set<Session> found = new LinkedHashSet<>();
		for (Session session : this.sessions.values()) {
			Identity identity = session.identity();
			if (identity != null && identity.principal().getName().equals(name)) {
				found.add(session);
			}
		}
		return found;
	}

	private SendSummary send(Collection<Session> receivers, @Nullable Predicate<Session> filter,
			PreparedMessage message) {
		this.broadcasts.add(message);
		int accepted = 0;
		for (Session receiver : receivers) {
			if (filter == null || filter.test(receiver)) {
				receiver.send(message);
				accepted++;
			}
		}
		return new SendSummary(accepted, 0, 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
