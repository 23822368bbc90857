package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Puts one load after the other on one server, with one thread and one selector, and
 * shares no code with any server. Belongs to the thread that uses it.
 */
final class LoadClient implements AutoCloseable {

	/** How long nothing may come back. */
	private static final long MAX_SILENCE = TimeUnit.SECONDS.toNanos(10);

	private final int port;

	private final @Nullable SSLContext tls;

	private final Selector selector;

	private final ByteBuffer readBuffer = ByteBuffer.allocate(256 * 1024);

	private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(256 * 1024);

	private Latencies latencies = new Latencies();

	private long lastSign;

	LoadClient(int port) throws IOException {
		this(port, null);
	}

	LoadClient(int port, @Nullable SSLContext tls) throws IOException {
		this.port = port;
		this.tls = tls;
		this.selector = Selector.open();
	}

	int port() {
		return this.port;
	}

	Selector selector() {
		return this.selector;
	}

	ByteBuffer readBuffer() {
		return this.readBuffer;
	}

	ByteBuffer writeBuffer() {
		return this.writeBuffer;
	}

	/**
	 * Opens connections.
	 * @param path where they lead
	 * @param count how many
	 * @param messages what they send and get
	 * @param depth how many messages each has under way
	 * @return the connections
	 * @throws IOException if the server does not let them in
	 */
	List<ClientConnection> open(String path, int count, Messages messages, int depth) throws IOException {
		List<ClientConnection> connections = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ClientConnection connection = (this.tls != null)
					? ClientConnection.open(this.port, path, messages, depth, this.tls)
					: ClientConnection.open(this.port, path, messages, depth);
			connection.register(this.selector);
			connections.add(connection);
		}
		return connections;
	}

	/**
	 * Something is done.
	 * @param nanos how long it took
	 */
	void count(long nanos) {
		this.latencies.add(nanos);
	}

	/**
	 * Runs a load and measures a part of it.
	 * @param load what to do
	 * @param warmUp how long before
	 * @param window how long to measure
	 * @param cpu the server's CPU time in nanoseconds
	 * @return what was measured
	 * @throws IOException if the server does anything else than it should
	 */
	Measurement run(Load load, Duration warmUp, Duration window, LongSupplier cpu) throws IOException {
		try (load) {
			this.lastSign = System.nanoTime();
			load.begin();
			this.latencies = new Latencies();
			turn(load, warmUp.toNanos());
			Latencies measured = new Latencies();
			long cpuBefore = cpu.getAsLong();
			this.latencies = measured;
			long begin = System.nanoTime();
			turn(load, window.toNanos());
			this.latencies = new Latencies();
			long end = System.nanoTime();
			long cpuAfter = cpu.getAsLong();
			load.end();
			while (load.isBusy()) {
				select(load);
			}
			if (measured.total() == 0) {
				throw new IOException("Nothing was left to do after the warm-up");
			}
			return new Measurement((cpuAfter - cpuBefore) / 1e3 / measured.total(),
					measured.total() * 1e9 / (end - begin), measured.quantile(0.5) / 1e3,
					measured.quantile(0.99) / 1e3);
		}
		finally {
			// closed channels leave the selector with its next look
			this.selector.selectNow();
		}
	}

	private void turn(Load load, long nanos) throws IOException {
		long end = System.nanoTime() + nanos;
		// one at least, however short the window
		while ((System.nanoTime() - end < 0 || this.latencies.total() == 0) && load.isBusy()) {
			select(load);
		}
	}

	private void select(Load load) throws IOException {
		long now = System.nanoTime();
		if (this.selector.select(100) > 0) {
			this.lastSign = now;
		}
		else if (now - this.lastSign > MAX_SILENCE) {
			throw new IOException("The server has been silent for " + TimeUnit.NANOSECONDS.toSeconds(MAX_SILENCE)
					+ " s, although there are answers to come");
		}
		Iterator<SelectionKey> keys = this.selector.selectedKeys().iterator();
		while (keys.hasNext()) {
			SelectionKey key = keys.next();
			keys.remove();
			load.ready(key);
		}
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
	}

	/**
	 * What a window showed.
	 *
	 * @param cpu microseconds of CPU time that the server took for each message, delivery
	 * or handshake
	 * @param rate messages, deliveries or handshakes a second
	 * @param median microseconds from sending to receiving for half of them
	 * @param p99 the same for 99 of 100
	 */
	record Measurement(double cpu, double rate, double median, double p99) {

	}

}
