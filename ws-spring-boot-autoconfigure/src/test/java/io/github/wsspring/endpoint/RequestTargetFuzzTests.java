package io.github.wsspring.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.handshake.HttpHeadParser;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.Route;
import io.github.wsspring.server.SessionOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Fuzzes paths and queries.
 */
class RequestTargetFuzzTests {

	private static final EndpointRouter ROUTER = new EndpointRouter(
			List.of(mapping("/echo"), mapping("/rooms/{room}"), mapping("/rooms/{room:[a-z]+}/{*rest}")));

	private static EndpointRouter.Mapping mapping(String pattern) {
		return new EndpointRouter.Mapping(new EndpointRouter.EndpointInfo(pattern, pattern, Object.class),
				new PathPatternParser().parse(pattern), new Endpoint(pattern, mock(EndpointHandler.class),
						Runnable::run, List.of(), OriginPolicy.SAME_HOST, SessionOptions.DEFAULTS));
	}

	@FuzzTest
	void anyTargetIsUnderstoodOrLeadsNowhere(byte[] bytes) {
		UpgradeRequest request = request(bytes);
		if (request == null) {
			return;
		}
		Route route = ROUTER.route(request.path());
		if (route != null) {
			assertThat(Map.of("/echo", 0, "/rooms/{room}", 1, "/rooms/{room:[a-z]+}/{*rest}", 2))
				.containsEntry(route.endpoint().id(), route.pathVariables().size());
		}
		assertThat(RequestTarget.toUri(RequestTarget.of(request.path(), request.query())).getHost()).isNull();
		RequestTarget.parameters(request.query())
			.forEach((name, values) -> assertThat(values).isNotEmpty().doesNotContainNull());
	}

	/** Only what the head parser lets pass gets this far. */
	private static @Nullable UpgradeRequest request(byte[] target) {
		HttpHeadParser parser = new HttpHeadParser(8192, 5);
		byte[] head = ("GET " + new String(target, StandardCharsets.ISO_8859_1) + " HTTP/1.1\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
		parser.receive(head, 0, head.length);
		return parser.request();
	}

}
