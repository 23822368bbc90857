package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers that are measured beside each other.
 */
enum Competitor {

	/** The starter, its methods called by the event loop. */
	STARTER_EVENT_LOOP("ws-spring-boot, EVENT_LOOP", StarterServer.class, "/loop", ""),

	/** The starter, its methods called on the handler executor. */
	STARTER_TASK("ws-spring-boot, TASK", StarterServer.class, "/task", ""),

	/** Netty. */
	NETTY("Netty", NettyServer.class, "", "netty-codec-http"),

	/** Undertow. */
	UNDERTOW("Undertow", UndertowServer.class, "", "undertow-core"),

	/** Tomcat. */
	TOMCAT("Tomcat", TomcatServer.class, "", "tomcat-embed-websocket");

	private final String title;

	private final Class<?> main;

	private final String paths;

	private final String library;

	Competitor(String title, Class<?> main, String paths, String library) {
		this.title = title;
		this.main = main;
		this.paths = paths;
		this.library = library;
	}

	String title() {
		return this.title;
	}

	boolean isOurs() {
		return this.library.isEmpty();
	}

	/**
	 * Starts this server in a process of its own.
	 * @param options for the JVM
	 * @return the process, which will say its port
	 * @throws IOException if it cannot be started
	 */
	JavaProcess start(List<String> options) throws IOException {
		return start(options, List.of());
	}

	/**
	 * Starts this server with TLS.
	 * @param options for the JVM
	 * @param certificate what it shows; only for the starter and Netty
	 * @return the process, which will say its port
	 * @throws IOException if it cannot be started
	 */
	JavaProcess startTls(List<String> options, Certificate certificate) throws IOException {
		return start(options, isOurs() ? certificate.properties() : List.of(certificate.file().toString()));
	}

	private JavaProcess start(List<String> options, List<String> arguments) throws IOException {
		List<String> all = new ArrayList<>(options);
		if (this == NETTY) {
			// from JDK 24 on Netty would do without sun.misc.Unsafe, and take much longer
			all.add("-Dio.netty.noUnsafe=false");
		}
		return JavaProcess.start(this.main, !isOurs(), all, arguments.toArray(String[]::new));
	}

	String path(Scenario scenario) {
		return this.paths + (scenario.isFanOut() ? "/fanout" : "/echo");
	}

	/**
	 * The library's version, as its file says.
	 * @return the version
	 * @throws IOException if the files cannot be listed
	 */
	String version() throws IOException {
		String prefix = (isOurs() ? "ws-spring-boot-starter" : this.library) + "-";
		for (var file : JavaProcess.jars(JavaProcess.target().resolve(isOurs() ? "lib" : "peers"))) {
			String name = String.valueOf(file.getFileName());
			if (name.startsWith(prefix)) {
				return name.substring(prefix.length(), name.length() - ".jar".length());
			}
		}
		return "unknown";
	}

}
