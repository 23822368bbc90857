package io.github.wsspring.benchmarks;

import java.util.concurrent.Executor;

import io.github.wsspring.endpoint.EndpointScanner;
import io.github.wsspring.endpoint.EndpointSettings;
import io.github.wsspring.endpoint.HandlerOptions;
import io.github.wsspring.endpoint.JacksonJsonCodec;
import io.github.wsspring.endpoint.MessageCodec;
import io.github.wsspring.handshake.OriginPolicy;

import io.github.wsspring.server.Authenticator;
import io.github.wsspring.server.Authenticator.Admitted;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.InMemoryConnection;
import io.github.wsspring.server.InMemoryServer;
import io.github.wsspring.server.SessionOptions;
import io.github.wsspring.server.SessionRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.format.support.DefaultFormattingConversionService;

/**
 * An application context with {@code @WsEndpoint} beans behind an {@link InMemoryServer}.
 * Everybody who connects is called Alice.
 */
final class InMemoryApplication implements AutoCloseable {

	private final AnnotationConfigApplicationContext context;

	private final InMemoryServer server;

	/**
	 * Starts.
	 * @param executor where the methods of {@code TASK} endpoints are called
	 * @param beans the endpoints
	 */
	InMemoryApplication(Executor executor, Class<?>... beans) {
		this.context = new AnnotationConfigApplicationContext(beans);
		MessageCodec codec = new MessageCodec(new JacksonJsonCodec(JsonMapper.builder().build()), "type");
		EndpointSettings settings = new EndpointSettings(executor, OriginPolicy.SAME_HOST,
				(id) -> SessionOptions.DEFAULTS, codec, new DefaultFormattingConversionService(), HandlerOptions.NONE);
		Admitted alice = new Admitted(Identity.of("alice"), null);
		this.server = new InMemoryServer(
				new EndpointScanner(this.context.getBeanFactory(), settings, new SessionRegistry()).scan(),
				(request, address) -> alice);
	}

	InMemoryConnection connect(String target) {
		return this.server.connect(target);
	}

	@Override
	public void close() {
		this.server.close();
		this.context.close();
	}

}
