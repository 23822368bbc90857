package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.github.wsspring.benchmarks.ClientFrames;

/**
 * Connections that are opened, upgraded, closed with 1000 as RFC 6455 wants it, and
 * followed by others. At most {@value #MAX} of them, as each keeps a port for a minute.
 */
final class HandshakeLoad implements Load {

	private static final int MAX = 10_000;

	private static final byte[] CLOSE = ClientFrames.frame(0x88, new byte[] { 3, (byte) 0xe8 }, new Random(42));

	private final LoadClient client;

	private final byte[] request;

	private final int atATime;

	private int begun;

	private int open;

	private boolean ended;

	HandshakeLoad(LoadClient client, String path, int atATime) {
		this.client = client;
		this.request = ClientFrames.upgrade(path, ClientConnection.KEY);
		this.atATime = atATime;
	}

	@Override
	public void begin() throws IOException {
		for (int i = 0; i < this.atATime; i++) {
			connect();
		}
	}

	private void connect() throws IOException {
		this.begun++;
		this.open++;
		SocketChannel channel = SocketChannel.open();
		channel.configureBlocking(false);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		channel.register(this.client.selector(), SelectionKey.OP_CONNECT, new Attempt(System.nanoTime()));
		if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.client.port()))) {
			throw new IOException("A connect that did not block was over at once");
		}
	}

	@Override
	public void ready(SelectionKey key) throws IOException {
		SocketChannel channel = (SocketChannel) key.channel();
		Attempt attempt = (Attempt) key.attachment();
		if (key.isConnectable()) {
			channel.finishConnect();
			channel.write(ByteBuffer.wrap(this.request));
			key.interestOps(SelectionKey.OP_READ);
			return;
		}
		ByteBuffer buffer = this.client.readBuffer();
		int length = channel.read(buffer.clear());
		if (length < 0) {
			channel.close();
			finish(attempt);
			return;
		}
		attempt.answer.append(new String(buffer.array(), 0, length, StandardCharsets.ISO_8859_1));
		int end = attempt.answer.indexOf("\r\n\r\n");
		if (!attempt.upgraded && end >= 0) {
			ClientConnection.checkHead(attempt.answer.toString());
			attempt.upgraded = true;
			attempt.answer.delete(0, end + 4);
			channel.write(ByteBuffer.wrap(CLOSE));
		}
	}

	private void finish(Attempt attempt) throws IOException {
		this.open--;
		// the close frame with our own status
		if (!attempt.upgraded || attempt.answer.indexOf("\u0088\u0002\u0003\u00e8") != 0) {
			throw new IOException("The closing handshake was not answered");
		}
		this.client.count(System.nanoTime() - attempt.begin);
		if (!this.ended && this.begun < MAX) {
			connect();
		}
	}

	@Override
	public void end() {
		this.ended = true;
	}

	@Override
	public boolean isBusy() {
		return this.open > 0;
	}

	@Override
	public void close() {
		for (SelectionKey key : this.client.selector().keys()) {
			try {
				key.channel().close();
			}
			catch (IOException ex) {
				// it is closed then
			}
		}
	}

	private static final class Attempt {

		private final long begin;

		private final StringBuilder answer = new StringBuilder();

		private boolean upgraded;

		Attempt(long begin) {
			this.begin = begin;
		}

	}

}
