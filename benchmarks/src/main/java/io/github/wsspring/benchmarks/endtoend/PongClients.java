package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.github.wsspring.benchmarks.ClientFrames;

/**
 * Opens as many connections as it is told to, which answer pings and do nothing else.
 */
final class PongClients {

	private static final byte[] PONG = ClientFrames.frame(0x8a, new byte[0], new Random(42));

	/** A ping without payload, unmasked. */
	private static final byte[] PING = { (byte) 0x89, 0 };

	private final int port;

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1024);

	private final AtomicLong pings = new AtomicLong();

	private final AtomicLong cut = new AtomicLong();

	private PongClients(int port) throws IOException {
		this.port = port;
	}

	/**
	 * Answers questions: {@code open n path} for more connections, {@code pings} for how
	 * many pings were answered, {@code cut} for how many connections the server has ended
	 * or used for anything else.
	 * @param arguments the server's port
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		PongClients clients = new PongClients(Integer.parseInt(arguments[0]));
		Thread thread = new Thread(clients::run, "pongs");
		thread.setDaemon(true);
		thread.start();
		Answers.serve(0, clients::answer);
	}

	private long answer(String question) {
		String[] words = question.split(" ");
		return switch (words[0]) {
			case "open" -> open(Integer.parseInt(words[1]), words[2]);
			case "pings" -> this.pings.get();
			case "cut" -> this.cut.get();
			default -> throw new IllegalArgumentException(question);
		};
	}

	private long open(int count, String path) {
		try {
			for (int i = 0; i < count; i++) {
				SocketChannel channel = ClientConnection.connect(this.port, path);
				channel.configureBlocking(false);
				channel.register(this.selector, SelectionKey.OP_READ, new int[1]);
			}
			this.selector.wakeup();
			return this.selector.keys().size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void run() {
		try {
			while (true) {
				this.selector.select(this::ready, 100);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void ready(SelectionKey key) {
		try {
			SocketChannel channel = (SocketChannel) key.channel();
			if (channel.read(this.buffer.clear()) < 0) {
				throw new IOException("The server has ended the connection");
			}
			answerPings(channel, (int[]) key.attachment());
		}
		catch (IOException ex) {
			this.cut.incrementAndGet();
			key.cancel();
		}
	}

	/** The place holds how much of a ping has come. */
	private void answerPings(SocketChannel channel, int[] place) throws IOException {
		this.buffer.flip();
		while (this.buffer.hasRemaining()) {
			if (this.buffer.get() != PING[place[0]]) {
				throw new IOException("The server sends something else than pings");
			}
			place[0] = (place[0] + 1) % PING.length;
			if (place[0] == 0) {
				channel.write(ByteBuffer.wrap(PONG));
				this.pings.incrementAndGet();
			}
		}
	}

}
