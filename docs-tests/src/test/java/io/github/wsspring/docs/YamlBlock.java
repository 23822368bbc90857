package io.github.wsspring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Checks the YAML blocks of the pages: they can be parsed, and keys of ours exist and
 * have values that fit.
 */
final class YamlBlock {

	private static final String PREFIX = "ws.";

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Set<String> KEYS = keys();

	private YamlBlock() {
	}

	/**
	 * What is wrong with a block.
	 * @return the faults, each with page and line of the block
	 */
	static List<String> faults(CodeBlock block) {
		List<String> faults = new ArrayList<>();
		try {
			ByteArrayResource text = new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8));
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("block", text);
			for (PropertySource<?> source : sources) {
				for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
					if (name.startsWith(PREFIX) && KEYS.stream().noneMatch((key) -> isWithin(name, key))) {
						faults.add(block + ": there is no key " + name);
					}
				}
			}
			bind(sources);
		}
		catch (BindException ex) {
			faults.add(block + ": " + ex.getMessage() + ": " + rootMessage(ex));
		}
		catch (IOException | RuntimeException ex) {
			faults.add(block + ": " + ex.getMessage());
		}
		return faults;
	}

	/** A key has further ones below it if it is a list or a map. */
	private static boolean isWithin(String name, String key) {
		return name.equals(key) || name.startsWith(key + "[") || name.startsWith(key + ".");
	}

	private static void bind(List<PropertySource<?>> sources) {
		new Binder(ConfigurationPropertySources.from(sources)).bind("ws", Bindable.of(properties()),
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT, (source) -> true));
	}

	private static Class<?> properties() {
		try {
			return Class.forName("io.github.wsspring.autoconfigure.WsProperties");
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String rootMessage(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage());
	}

	private static Set<String> keys() {
		Set<String> keys = new TreeSet<>();
		ClassLoader loader = YamlBlock.class.getClassLoader();
		try {
			for (var urls = loader.getResources(METADATA); urls.hasMoreElements();) {
				try (InputStream in = urls.nextElement().openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
						String name = property.path("name").asString("");
						if (name.startsWith(PREFIX)) {
							keys.add(name);
						}
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return keys;
	}

}
