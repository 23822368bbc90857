package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import io.github.wsspring.endpoint.EndpointRouter.EndpointInfo;
import io.github.wsspring.endpoint.EndpointRouter.Mapping;
import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.SessionRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Finds the beans with {@link WsEndpoint}, once, at start-up.
 */
public final class EndpointScanner {

	/** RFC 6455 4.1, number 10, and RFC 9110 5.6.2: a subprotocol is a token. */
	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

	private final ConfigurableListableBeanFactory beanFactory;

	private final EndpointSettings settings;

	private final SessionRegistry registry;

	private final Map<String, EndpointBean> ids = new HashMap<>();

	private final Map<String, EndpointBean> paths = new HashMap<>();

	/**
	 * Says where to look.
	 * @param beanFactory where the beans are
	 * @param settings what endpoints get unless they say otherwise
	 * @param registry where sessions are found
	 */
	public EndpointScanner(ConfigurableListableBeanFactory beanFactory, EndpointSettings settings,
			SessionRegistry registry) {
		this.beanFactory = beanFactory;
		this.settings = settings;
		this.registry = registry;
	}

	/**
	 * Finds the endpoints. To be called once, when the other singletons are there.
	 * @return the way to the endpoints
	 * @throws InvalidEndpointException if one of them cannot work
	 */
	public EndpointRouter scan() {
		checkFormats();
		List<Mapping> mappings = new ArrayList<>();
		Map<String, Class<?>> others = beans();
		Map<String, Class<?>> endpoints = annotated(others, WsEndpoint.class);
		List<EndpointBean> advice = new AdviceBeans(this.beanFactory).find(annotated(others, WsAdvice.class));
		for (Map.Entry<String, Class<?>> other : others.entrySet()) {
			StrayHandlers.check(other.getKey(), other.getValue());
		}
		for (Map.Entry<String, Class<?>> endpoint : endpoints.entrySet()) {
			WsEndpoint annotation = AnnotatedElementUtils.findMergedAnnotation(endpoint.getValue(), WsEndpoint.class);
			EndpointBean bean = endpointBean(endpoint.getKey(), endpoint.getValue());
			mappings.add(map(bean, advice, Objects.requireNonNull(annotation)));
		}
		return new EndpointRouter(mappings);
	}

	private void checkFormats() {
		Map<String, String> names = new HashMap<>();
		for (Map.Entry<String, WsMessageFormat> bean : this.beanFactory.getBeansOfType(WsMessageFormat.class)
			.entrySet()) {
			String name = bean.getKey();
			String subprotocol = bean.getValue().subprotocol();
			String other = names.putIfAbsent(subprotocol, name);
			if (other != null) {
				throw new InvalidEndpointException(
						name, null, "The beans '" + other + "' and '" + name
								+ "' are both the WsMessageFormat of the subprotocol '" + subprotocol + "'.",
						"Remove one of them, or give it another subprotocol.");
			}
		}
	}

	private Map<String, Class<?>> beans() {
		Map<String, Class<?>> beans = new LinkedHashMap<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : userClass(name);
			if (type != null) {
				beans.put(name, type);
			}
		}
		return beans;
	}

	/** Takes those with an annotation out of the beans. */
	private static Map<String, Class<?>> annotated(Map<String, Class<?>> beans,
			Class<? extends Annotation> annotation) {
		Map<String, Class<?>> annotated = new LinkedHashMap<>();
		for (Map.Entry<String, Class<?>> bean : beans.entrySet()) {
			if (AnnotationUtils.isCandidateClass(bean.getValue(), annotation)
					&& AnnotatedElementUtils.hasAnnotation(bean.getValue(), annotation)) {
				annotated.put(bean.getKey(), bean.getValue());
			}
		}
		beans.keySet().removeAll(annotated.keySet());
		return annotated;
	}

	private @Nullable Class<?> userClass(String name) {
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
		if (type != null && ScopedObject.class.isAssignableFrom(type)) {
			type = AutoProxyUtils.determineTargetClass(this.beanFactory, ScopedProxyUtils.getTargetBeanName(name));
		}
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	private EndpointBean endpointBean(String name, Class<?> type) {
		if (!this.beanFactory.isSingleton(name)) {
			throw new InvalidEndpointException(name, null,
					"The endpoint '" + name + "' (" + type.getName()
							+ ") is not a singleton, but one bean serves all sessions.",
					"Remove its @Scope and keep what belongs to a session in WsSession.attributes(), or write @Scope(proxyMode = ScopedProxyMode.TARGET_CLASS, ...).");
		}
		return new EndpointBean(name, this.beanFactory.getBean(name), type);
	}

	private Mapping map(EndpointBean bean, List<EndpointBean> advice, WsEndpoint annotation) {
		PathPattern pattern = pattern(bean, annotation.path());
		String path = pattern.getPatternString();
		String id = id(bean, annotation.id());
		EndpointContext context = new EndpointContext(path, this.settings.codec(), this.registry);
		EndpointHandler handler = new EndpointHandlerFactory(bean, advice, context, this.settings, this.beanFactory)
			.create();
		Endpoint endpoint = new Endpoint(id, handler,
				(annotation.execution() == Execution.TASK) ? this.settings.executor() : null,
				subprotocols(bean, annotation.subprotocols()), origins(bean, annotation.allowedOrigins()),
				this.settings.sessionOptions().apply(id), concurrency(bean, annotation));
		return new Mapping(new EndpointInfo(id, path, bean.type()), pattern, endpoint);
	}

	private PathPattern pattern(EndpointBean bean, String template) {
		String path = resolve(bean, "path", template);
		if (!path.startsWith("/")) {
			throw bean.invalid("The path '" + path + "' of " + bean + " does not begin with a slash.",
					"Write the path, as in @WsEndpoint(\"/chat\").");
		}
		PathPattern pattern;
		try {
			pattern = PathPatternParser.defaultInstance.parse(path);
		}
		catch (PatternParseException ex) {
			throw bean.invalid(
					"The path '" + path + "' of " + bean + " is not a path pattern: " + ex.getMessage() + ".",
					"Write a path such as /rooms/{room} or /files/{*path}.");
		}
		EndpointBean other = this.paths.putIfAbsent(PathTemplate.parse(path).shape(), bean);
		if (other != null) {
			throw bean.invalid("The path '" + path + "' leads to " + other + " as well as to " + bean + ".",
					"Give one of them another path.");
		}
		return pattern;
	}

	private String id(EndpointBean bean, String template) {
		String id = template.isEmpty() ? defaultId(bean.type()) : resolve(bean, "id", template);
		EndpointBean other = this.ids.putIfAbsent(id, bean);
		if (other != null) {
			throw bean.invalid("The id '" + id + "' belongs to " + other + " as well as to " + bean + ".",
					"Give one of them another id, as in @WsEndpoint(path = \"/chat\", id = \"chat\").");
		}
		return id;
	}

	private static int concurrency(EndpointBean bean, WsEndpoint annotation) {
		if (annotation.concurrency() < 1) {
			throw bean.invalid("The concurrency of " + bean + " is " + annotation.concurrency() + ".",
					"Write how many messages of a session may be handled at a time: 1 or more.");
		}
		return annotation.concurrency();
	}

	static String defaultId(Class<?> type) {
		return WORD_START.matcher(type.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
	}

	private List<String> subprotocols(EndpointBean bean, String[] templates) {
		List<String> subprotocols = list(bean, "subprotocols", templates);
		for (String subprotocol : subprotocols) {
			if (!TOKEN.matcher(subprotocol).matches()) {
				throw bean.invalid("The subprotocol '" + subprotocol + "' of " + bean + " is not a token.",
						"Use letters, digits and !#$%&'*+-.^_`|~ only, as in \"chat.v1\".");
			}
		}
		return subprotocols;
	}

	private OriginPolicy origins(EndpointBean bean, String[] templates) {
		List<String> origins = list(bean, "allowedOrigins", templates);
		if (origins.isEmpty()) {
			return this.settings.origins();
		}
		if (origins.equals(List.of("*"))) {
			return OriginPolicy.ANY;
		}
		try {
			return OriginPolicy.listed(origins);
		}
		catch (IllegalArgumentException ex) {
			throw bean.invalid("In the allowedOrigins of " + bean + " " + ex.getMessage() + ".",
					"Correct it, or write \"*\" alone to allow all pages.");
		}
	}

	private List<String> list(EndpointBean bean, String attribute, String[] templates) {
		List<String> list = new ArrayList<>();
		for (String template : templates) {
			// a placeholder may stand for a list
			for (String element : StringUtils.commaDelimitedListToStringArray(resolve(bean, attribute, template))) {
				if (!element.isBlank()) {
					list.add(element.strip());
				}
			}
		}
		return List.copyOf(list);
	}

	private String resolve(EndpointBean bean, String attribute, String template) {
		try {
			String resolved = this.beanFactory.resolveEmbeddedValue(template);
			return (resolved != null) ? resolved : "";
		}
		catch (IllegalArgumentException ex) {
			throw bean.invalid("The " + attribute + " '" + template + "' of " + bean + " cannot be resolved: "
					+ ex.getMessage() + ".", "Set the property, or give it a default as in ${name:default}.");
		}
	}

}
