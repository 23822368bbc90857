package io.github.wsspring.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.wsspring.endpoint.WsEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Makes the contexts of {@link WsEndpointTest}s.
 */
final class WsEndpointTestContextBootstrapper extends TestSliceTestContextBootstrapper<WsEndpointTest> {

	/** The names of the classes that a test names, for {@link EndpointPresence}. */
	static final String ENDPOINTS_PROPERTY = "io.github.wsspring.test.endpoints";

	@Override
	protected void verifyConfiguration(Class<?> testClass) {
		super.verifyConfiguration(testClass);
		for (Class<?> endpoint : endpoints(testClass)) {
			if (!MergedAnnotations.from(endpoint, SearchStrategy.TYPE_HIERARCHY).isPresent(WsEndpoint.class)) {
				throw new IllegalStateException("@WsEndpointTest(" + endpoint.getSimpleName() + ".class) on "
						+ testClass.getName() + ": " + endpoint.getName() + " is no endpoint. Annotate it with "
						+ "@WsEndpoint(\"/path\"), or name the class that is; other beans come by @Import or "
						+ "@MockitoBean");
			}
		}
	}

	@Override
	protected String @Nullable [] getProperties(Class<?> testClass) {
		List<String> properties = new ArrayList<>();
		properties.add("ws.server.port=-1");
		properties.add(ENDPOINTS_PROPERTY + "="
				+ Arrays.stream(endpoints(testClass)).map(Class::getName).collect(Collectors.joining(",")));
		String[] declared = super.getProperties(testClass);
		properties.addAll((declared != null) ? List.of(declared) : List.of());
		return properties.toArray(String[]::new);
	}

	private static Class<?>[] endpoints(Class<?> testClass) {
		MergedAnnotation<WsEndpointTest> annotation = MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
			.withEnclosingClasses(TestContextAnnotationUtils::searchEnclosingClass)
			.from(testClass)
			.get(WsEndpointTest.class);
		return annotation.isPresent() ? annotation.getClassArray("endpoints") : new Class<?>[0];
	}

}
