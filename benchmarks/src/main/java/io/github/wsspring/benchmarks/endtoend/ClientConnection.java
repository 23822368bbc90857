package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import javax.net.ssl.SSLContext;

import io.github.wsspring.benchmarks.ClientFrames;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection of a {@link LoadClient}: writes masked frames, and holds what
 * comes back against what has to come. Belongs to the client's thread.
 */
final class ClientConnection {

	/** The key of all upgrade requests, and what it has to be answered by. */
	static final String KEY = "AQIDBAUGBwgJCgsMDQ4PEA==";

	static final String ACCEPT = accept();

	private static final int FIN = 0x80;

	private static final int CONTINUATION = 0;

	private final SocketChannel socket;

	/** What the socket carries, inside of TLS if there is any. */
	private final ByteChannel channel;

	private final Messages messages;

	private @Nullable SelectionKey key;

	private @Nullable ByteBuffer unwritten;

	/** How many messages were sent, and how many came back. */
	private long sent;

	private long received;

	/** When each message that is under way was sent. */
	private final long[] sentAt;

	private final byte[] header = new byte[10];

	private int headerLength;

	/** How much is missing of the current frame, and whether it ends its message. */
	private long remaining = -1;

	private boolean last;

	/** How much of the current message has come. */
	private int offset;

	private ClientConnection(SocketChannel socket, ByteChannel channel, Messages messages, int depth) {
		this.socket = socket;
		this.channel = channel;
		this.messages = messages;
		this.sentAt = new long[depth];
	}

	/**
	 * Connects and upgrades; waits for it.
	 * @param port a port of this machine
	 * @param path the path to ask for
	 * @param messages what will be sent and has to come back
	 * @param depth how many messages will be under way at a time
	 * @return the open connection
	 * @throws IOException if it does not come about
	 */
	static ClientConnection open(int port, String path, Messages messages, int depth) throws IOException {
		SocketChannel socket = connect(port, path);
		return new ClientConnection(socket, socket, messages, depth);
	}

	/**
	 * Connects by TLS and upgrades; waits for it.
	 * @param port a port of this machine
	 * @param path the path to ask for
	 * @param messages what will be sent and has to come back
	 * @param depth how many messages will be under way at a time
	 * @param tls whom to trust
	 * @return the open connection
	 * @throws IOException if it does not come about
	 */
	static ClientConnection open(int port, String path, Messages messages, int depth, SSLContext tls)
			throws IOException {
		SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		try {
			socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
			TlsChannel channel = new TlsChannel(socket, tls);
			upgrade(channel, path);
			return new ClientConnection(socket, channel, messages, depth);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Connects and upgrades; waits for it.
	 * @param port a port of this machine
	 * @param path the path to ask for
	 * @return the open connection, of which nothing was read that follows the upgrade
	 * @throws IOException if it does not come about
	 */
	static SocketChannel connect(int port, String path) throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		try {
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			upgrade(channel, path);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
		return channel;
	}

	private static void upgrade(ByteChannel channel, String path) throws IOException {
		channel.write(ByteBuffer.wrap(ClientFrames.upgrade(path, KEY)));
		StringBuilder head = new StringBuilder();
		// byte by byte, so that nothing of what follows is taken
		ByteBuffer buffer = ByteBuffer.allocate(1);
		while (head.indexOf("\r\n\r\n") < 0) {
			if (channel.read(buffer.clear()) < 0) {
				throw new IOException("The server ended the handshake");
			}
			head.append((char) (buffer.get(0) & 0xff));
		}
		checkHead(head.toString());
	}

	/**
	 * Sees that an upgrade was accepted.
	 * @param head the head of the response
	 * @throws IOException if it was not
	 */
	static void checkHead(String head) throws IOException {
		if (!head.startsWith("HTTP/1.1 101 ") || !head.contains(ACCEPT)) {
			throw new IOException("The upgrade was answered by " + head);
		}
	}

	private static String accept() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1")
				.digest((KEY + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	void register(Selector selector) throws IOException {
		this.socket.configureBlocking(false);
		this.key = this.socket.register(selector, SelectionKey.OP_READ, this);
	}

	/**
	 * Sends the next messages, with one write if they fit.
	 * @param count how many
	 * @param now the time
	 * @param buffer to write from
	 * @throws IOException if the connection is broken
	 */
	void send(int count, long now, ByteBuffer buffer) throws IOException {
		buffer.clear();
		for (int i = 0; i < count; i++) {
			byte[] frame = this.messages.frame(this.sent);
			if (frame.length > buffer.remaining()) {
				write(buffer.flip());
				buffer.clear();
			}
			this.sentAt[(int) (this.sent++ % this.sentAt.length)] = now;
			buffer.put(frame);
		}
		write(buffer.flip());
	}

	private void write(ByteBuffer bytes) throws IOException {
		if (this.unwritten == null) {
			this.channel.write(bytes);
		}
		if (bytes.hasRemaining()) {
			ByteBuffer before = (this.unwritten != null) ? this.unwritten : ByteBuffer.allocate(0);
			this.unwritten = ByteBuffer.allocate(before.remaining() + bytes.remaining()).put(before).put(bytes).flip();
			interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
		}
	}

	/**
	 * Writes what could not be written before.
	 * @throws IOException if the connection is broken
	 */
	void writeOn() throws IOException {
		ByteBuffer rest = this.unwritten;
		if (rest != null) {
			this.channel.write(rest);
			if (!rest.hasRemaining()) {
				this.unwritten = null;
				interest(SelectionKey.OP_READ);
			}
		}
	}

	private void interest(int operations) {
		if (this.key != null) {
			this.key.interestOps(operations);
		}
	}

	/**
	 * Reads what is there.
	 * @param buffer to read into
	 * @return how many messages are complete now
	 * @throws IOException if the connection is broken, or what comes is not what has to
	 * come
	 */
	int read(ByteBuffer buffer) throws IOException {
		int length = this.channel.read(buffer.clear());
		if (length < 0) {
			throw new IOException("The server ended the connection");
		}
		long before = this.received;
		byte[] bytes = buffer.array();
		int at = 0;
		while (at < length) {
			if (this.remaining < 0) {
				at = readHeader(bytes, at, length);
			}
			if (this.remaining >= 0) {
				at = readPayload(bytes, at, length);
			}
		}
		return (int) (this.received - before);
	}

	private int readHeader(byte[] bytes, int from, int to) throws IOException {
		int at = from;
		while (at < to) {
			this.header[this.headerLength++] = bytes[at++];
			if (this.headerLength >= 2 && this.headerLength == headerSize()) {
				begin(ByteBuffer.wrap(this.header));
				this.headerLength = 0;
				break;
			}
		}
		return at;
	}

	private int headerSize() {
		return switch (this.header[1] & 0xff) {
			case 126 -> 4;
			case 127 -> 10;
			default -> 2;
		};
	}

	private void begin(ByteBuffer header) throws IOException {
		int flags = header.get() & 0xff;
		int length = header.get() & 0xff;
		this.last = (flags & FIN) != 0;
		int opcode = flags & ~FIN;
		if (opcode != ((this.offset == 0) ? this.messages.opcode() : CONTINUATION)) {
			throw new IOException("A frame begins with " + Integer.toHexString(flags));
		}
		this.remaining = (length == 126) ? header.getShort() & 0xffff : (length == 127) ? header.getLong() : length;
	}

	private int readPayload(byte[] bytes, int from, int to) throws IOException {
		int length = (int) Math.min(this.remaining, to - from);
		byte[] expected = this.messages.payload(this.received);
		if (this.offset + length > expected.length
				|| !Arrays.equals(bytes, from, from + length, expected, this.offset, this.offset + length)) {
			throw new IOException("Message " + this.received + " did not come back as it was sent");
		}
		this.offset += length;
		this.remaining -= length;
		if (this.remaining == 0) {
			this.remaining = -1;
			if (this.last) {
				endMessage(expected);
			}
		}
		return from + length;
	}

	private void endMessage(byte[] expected) throws IOException {
		if (this.offset != expected.length) {
			throw new IOException("Message " + this.received + " came back cut off");
		}
		this.offset = 0;
		this.received++;
	}

	/**
	 * When a message was sent that has come back.
	 * @param back how many came back after it
	 * @return its time
	 */
	long sentAt(int back) {
		return this.sentAt[(int) ((this.received - 1 - back) % this.sentAt.length)];
	}

	boolean isWaiting() {
		return this.received < this.sent;
	}

	/**
	 * Says goodbye and closes the socket.
	 */
	void close() {
		try {
			this.channel.write(ByteBuffer.wrap(ClientFrames.frame(0x88, new byte[] { 3, (byte) 0xe8 }, new Random())));
			this.channel.close();
		}
		catch (IOException ex) {
			// it is closed then
		}
	}

}
