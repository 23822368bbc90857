package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.wsspring.benchmarks.ClientFrames;
import io.github.wsspring.context.WsServerLifecycle;
import io.github.wsspring.endpoint.Execution;
import io.github.wsspring.endpoint.OnMessage;
import io.github.wsspring.endpoint.OnOpen;
import io.github.wsspring.endpoint.WsEndpoint;
import io.github.wsspring.endpoint.WsSession;
import io.github.wsspring.endpoint.WsTemplate;
import io.github.wsspring.server.SendSummary;
import io.github.wsspring.server.WsServer;
import io.github.wsspring.transport.EventLoop;
import io.github.wsspring.transport.MemoryChannel;
import io.github.wsspring.transport.MemoryLink;
import io.github.wsspring.transport.Transport;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * An application without a port whose clients live in the same process, on one event
 * loop: as many as memory holds. Clients are silent unless they are asked for something,
 * and never answer pings.
 * <p>
 * To tell one thing from the other, there is one more client whose endpoint echoes, and
 * can hold the loop.
 */
final class SimulatedServer {

	/** Holds the loop until {@link Control#go}. */
	private static final String HOLD = "hold";

	private static final String TOPIC = "all";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** How much earlier than the first ping is due the loop is held. */
	private static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(3);

	private static final int CHUNK = 1000;

	private static final byte[] PONG = ClientFrames.frame(0x8a, new byte[0], new Random(42));

	private final ConfigurableApplicationContext context;

	private final WsServer server;

	private final long interval;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final long loop;

	private final Control control;

	private final MemoryChannel controller;

	private final List<MemoryChannel> clients = new ArrayList<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(4096);

	/** When the first and the last client were heard. */
	private long firstHeard;

	private long lastHeard;

	private SimulatedServer(int sessions, int intervalMillis) {
		this.interval = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
		this.context = SpringApplication.run(Application.class, "--ws.server.port=-1", "--ws.server.event-loops=1",
				"--ws.server.limits.connections=" + (sessions + 1), "--ws.heartbeat.interval=" + intervalMillis + "ms",
				"--ws.heartbeat.timeout=1h", "--ws.endpoints.control.heartbeat.enabled=false",
				"--spring.main.banner-mode=off", "--logging.level.root=error");
		this.server = Objects.requireNonNull(this.context.getBean(WsServerLifecycle.class).getServer());
		this.control = this.context.getBean(Control.class);
		this.loop = loopThread();
		this.controller = connect("/control");
		readHead(this.controller);
	}

	/**
	 * Answers questions: {@code links n} for the heap that so many links take alone,
	 * {@code open n} for more sessions, {@code heap} for the live heap in bytes,
	 * {@code hear} to hear of all clients, {@code idle} for the CPU time of the loop in a
	 * second in which nothing is due, {@code due} for that of a sweep that pings all,
	 * {@code broadcast} for that of sending 64 bytes to all, in nanoseconds.
	 * @param arguments how many sessions there may be, and the heartbeat's interval in
	 * milliseconds
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		SimulatedServer simulated = new SimulatedServer(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
		try {
			Answers.serve(0, simulated::answer);
		}
		catch (RuntimeException ex) {
			ex.printStackTrace();
			Runtime.getRuntime().halt(1);
		}
	}

	private long loopThread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("ws-event-loop-0"))
			.findFirst()
			.orElseThrow()
			.getId();
	}

	private long answer(String question) {
		String[] words = question.split(" ");
		try {
			return switch (words[0]) {
				case "links" -> links(Integer.parseInt(words[1]));
				case "open" -> open(Integer.parseInt(words[1]));
				case "heap" -> IdleServer.heap();
				case "hear" -> hear();
				case "idle" -> idle();
				case "due" -> due();
				case "broadcast" -> broadcast();
				default -> throw new IllegalArgumentException(question);
			};
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long links(int count) throws IOException {
		EventLoop loop = new EventLoop(TimeUnit.HOURS.toNanos(1), (what, failure) -> {
		});
		loop.turn(0);
		MemoryChannel[] links = new MemoryChannel[count];
		long before = IdleServer.heap();
		for (int i = 0; i < count; i++) {
			MemoryLink link = new MemoryLink(MemoryLink.DEFAULT_CAPACITY);
			link.open(loop, Nobody.INSTANCE);
			links[i] = link.client();
		}
		long bytes = IdleServer.heap() - before;
		for (MemoryChannel link : links) {
			link.close();
		}
		return bytes;
	}

	private long open(int count) throws IOException {
		for (int opened = 0; opened < count; opened += CHUNK) {
			int first = this.clients.size();
			for (int i = opened; i < Math.min(opened + CHUNK, count); i++) {
				this.clients.add(connect("/member"));
			}
			settle();
			for (MemoryChannel client : this.clients.subList(first, this.clients.size())) {
				readHead(client);
			}
		}
		return this.clients.size();
	}

	private MemoryChannel connect(String path) {
		MemoryChannel client = this.server.connect();
		write(client, ClientFrames.upgrade(path, ClientConnection.KEY));
		return client;
	}

	private void write(MemoryChannel client, byte[] bytes) {
		try {
			if (client.write(ByteBuffer.wrap(bytes), Duration.ZERO) != bytes.length) {
				throw new IllegalStateException("A link has no room");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void readHead(MemoryChannel client) {
		try {
			int length = client.read(this.buffer.clear(), PATIENCE);
			ClientConnection.checkHead(new String(this.buffer.array(), 0, length, StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Lets the loop run a few turns, so that everything that was begun is over. */
	private void settle() throws IOException {
		for (int i = 0; i < 4; i++) {
			// what comes at once comes in the same turn
			LockSupport.parkNanos(PAUSE);
			tellController("go on");
			awaitController("go on");
		}
	}

	private void tellController(String text) {
		write(this.controller, ClientFrames.text(text, new Random(42)));
	}

	private void awaitController(String text) throws IOException {
		int length = this.controller.read(this.buffer.clear(), PATIENCE);
		String answer = new String(this.buffer.array(), 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
		if (!answer.endsWith(text)) {
			throw new IOException("The answer to '" + text + "' is '" + answer + "'");
		}
	}

	private void hold() {
		tellController(HOLD);
		this.control.held.acquireUninterruptibly();
	}

	private void release() throws IOException {
		this.control.go.release();
		awaitController(HOLD);
		settle();
	}

	private long hear() throws IOException {
		drain();
		hold();
		this.firstHeard = System.nanoTime();
		for (MemoryChannel client : this.clients) {
			write(client, PONG);
		}
		release();
		this.lastHeard = System.nanoTime();
		return this.lastHeard - this.firstHeard;
	}

	private long idle() throws InterruptedException {
		long time = this.interval / 2;
		if (System.nanoTime() + time - this.firstHeard >= this.interval) {
			throw new IllegalStateException("The machine is too slow for a heartbeat every " + this.interval + " ns");
		}
		long before = loopCpu();
		long begin = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(time);
		return (loopCpu() - before) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
	}

	private long due() throws IOException, InterruptedException {
		sleepUntil(this.firstHeard + this.interval - MARGIN);
		hold();
		sleepUntil(this.lastHeard + this.interval + MARGIN);
		long before = loopCpu();
		release();
		long cpu = loopCpu() - before;
		long bytes = drain();
		if (bytes != 2L * this.clients.size()) {
			throw new IllegalStateException(this.clients.size() + " clients got " + bytes
					+ " bytes of pings; heard within " + (this.lastHeard - this.firstHeard) + " ns, "
					+ (System.nanoTime() - this.firstHeard) + " ns ago");
		}
		return cpu;
	}

	private static void sleepUntil(long time) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(Math.max(0, time - System.nanoTime()));
	}

	private long broadcast() throws IOException {
		drain();
		WsTemplate template = this.context.getBean(WsTemplate.class);
		long before = loopCpu() + this.threads.getCurrentThreadCpuTime();
		SendSummary summary = template.topic(TOPIC).send("0123456789abcdef".repeat(4));
		settle();
		long cpu = loopCpu() + this.threads.getCurrentThreadCpuTime() - before;
		long bytes = drain();
		if (summary.accepted() != this.clients.size() || bytes < 66L * this.clients.size()) {
			throw new IllegalStateException(
					this.clients.size() + " clients got " + bytes + " bytes of a broadcast: " + summary);
		}
		return cpu;
	}

	private long loopCpu() {
		return this.threads.getThreadCpuTime(this.loop);
	}

	/** Has the clients take what has come. */
	private long drain() throws IOException {
		long bytes = 0;
		for (MemoryChannel client : this.clients) {
			int length = client.read(this.buffer.clear(), Duration.ZERO);
			if (length < 0) {
				throw new IOException("The server has cut a client");
			}
			bytes += length;
		}
		return bytes;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Member.class, Control.class })
	static class Application {

	}

	@WsEndpoint(path = "/member", execution = Execution.EVENT_LOOP)
	static class Member {

		@OnOpen
		void open(WsSession session) {
			session.join(TOPIC);
		}

		@OnMessage
		String text(String text) {
			return text;
		}

	}

	@WsEndpoint(path = "/control", id = "control", execution = Execution.EVENT_LOOP)
	static class Control {

		private final Semaphore held = new Semaphore(0);

		private final Semaphore go = new Semaphore(0);

		@OnMessage
		String text(String text) {
			if (text.equals(HOLD)) {
				this.held.release();
				this.go.acquireUninterruptibly();
			}
			return text;
		}

	}

	private enum Nobody implements Transport.Readiness {

		INSTANCE;

		@Override
		public void onReadable() {
			// nothing comes
		}

		@Override
		public void onWritable() {
			// nothing is written
		}

	}

}
