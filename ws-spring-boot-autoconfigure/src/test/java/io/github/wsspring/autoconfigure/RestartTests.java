package io.github.wsspring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * An application can be started again in the same JVM, as DevTools does: on the same
 * port, without a thread or a class of the one before.
 */
@Timeout(120)
class RestartTests {

	@Test
	void aRestartTakesTheSamePortAndLeavesNoThread() throws Exception {
		List<Thread> before = threads();
		int port = 0;
		for (int i = 0; i < 3; i++) {
			ConfigurableApplicationContext context = start(ReloadedApplication.class, port);
			int local = port(context);
			assertThat(local).isEqualTo((port != 0) ? port : local);
			port = local;
			Client client = new Client(port);
			client.chat();
			context.close();
			assertThat(client.next()).isEqualTo("close 1012");
			await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
		}
	}

	@Test
	void classesOfTheApplicationAreUnloaded() throws Exception {
		WeakReference<ClassLoader> first = runOnce();
		WeakReference<ClassLoader> second = runOnce();
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			clearSoftReferences();
			assertThat(first.get()).as("first").isNull();
			assertThat(second.get()).as("second").isNull();
		});
	}

	/**
	 * Spring's caches are soft, so DevTools does the same: the JVM clears them before it
	 * runs out of memory.
	 */
	private static void clearSoftReferences() {
		assertThatExceptionOfType(OutOfMemoryError.class)
			.isThrownBy(() -> assertThat(new long[Integer.MAX_VALUE - 8]).isNotNull());
		System.gc();
	}

	/** As DevTools does: a class loader and a main thread for each start. */
	private static WeakReference<ClassLoader> runOnce() throws Exception {
		ClassLoader loader = new ReloadingClassLoader();
		Class<?> application = Class.forName(ReloadedApplication.class.getName(), true, loader);
		assertThat(application).isNotEqualTo(ReloadedApplication.class);
		AtomicReference<@Nullable ConfigurableApplicationContext> context = new AtomicReference<>();
		Thread main = new Thread(() -> context.set(start(application, 0)), "restartedMain");
		main.setContextClassLoader(loader);
		main.start();
		main.join();
		try (ConfigurableApplicationContext started = context.get()) {
			assertThat(started).isNotNull();
			if (started != null) {
				new Client(port(started)).chat();
			}
		}
		return new WeakReference<>(loader);
	}

	private static ConfigurableApplicationContext start(Class<?> source, int port) {
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(source.getClassLoader()),
				source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		application.setLogStartupInfo(false);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off", "ws.server.port", port,
				"ws.server.address", "127.0.0.1", "ws.server.event-loops", 1));
		return application.run();
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.ws.port", int.class);
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("ws-"))
			.toList();
	}

	/** Loads the application's classes itself, and leaves all others to its parent. */
	private static final class ReloadingClassLoader extends ClassLoader {

		ReloadingClassLoader() {
			super(RestartTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith(ReloadedApplication.class.getName())) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : define(name);
			}
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (in == null) {
					throw new ClassNotFoundException(name);
				}
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

	private static final class Client implements WebSocket.Listener {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		private final WebSocket webSocket;

		Client(int port) {
			this.webSocket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + port + "/rooms/1"), this)
				.join();
		}

		void chat() throws InterruptedException {
			this.webSocket.sendText("{\"type\":\"say\",\"text\":\"hi\"}", true).join();
			assertThat(next()).isEqualTo("{\"type\":\"said\",\"text\":\"hi\"}");
		}

		@Nullable String next() throws InterruptedException {
			return this.received.poll(10, TimeUnit.SECONDS);
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.received.add(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.received.add("close " + statusCode);
			return null;
		}

	}

}
