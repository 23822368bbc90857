package io.github.wsspring.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * A socket without a network: takes and gives a few bytes at a time, as a seed says, and
 * breaks when it is told to.
 */
final class SimulatedWire implements Transport {

	private final Random random;

	private final int chop;

	private byte[] toServer = {};

	private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();

	/** How many more bytes the wire takes from the server. */
	private int room = Integer.MAX_VALUE;

	private boolean clientEnded;

	private boolean reset;

	private boolean serverEnded;

	private boolean closed;

	private boolean wantsRead = true;

	private boolean wantsWrite;

	private int reads;

	/**
	 * Creates a wire.
	 * @param seed what the random sizes are made from
	 * @param chop the most bytes that go at once
	 */
	SimulatedWire(long seed, int chop) {
		this.random = new Random(seed);
		this.chop = chop;
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		checkUsable();
		this.reads++;
		if (this.toServer.length == 0) {
			return this.clientEnded ? -1 : 0;
		}
		int count = Math.min(Math.min(size(), this.toServer.length), target.remaining());
		target.put(this.toServer, 0, count);
		this.toServer = Arrays.copyOfRange(this.toServer, count, this.toServer.length);
		return count;
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		checkUsable();
		if (this.serverEnded) {
			throw new IOException("Written after the end");
		}
		int count = Math.min(Math.min(size(), this.room), source.remaining());
		byte[] bytes = new byte[count];
		source.get(bytes);
		this.toClient.writeBytes(bytes);
		this.room -= count;
		return count;
	}

	private int size() {
		return 1 + this.random.nextInt(this.chop);
	}

	private void checkUsable() throws IOException {
		if (this.reset || this.closed) {
			throw new IOException(this.reset ? "Connection reset" : "Closed by us");
		}
	}

	@Override
	public void interest(boolean read, boolean write) {
		this.wantsRead = read;
		this.wantsWrite = write;
	}

	@Override
	public void shutdownOutput() {
		this.serverEnded = true;
	}

	@Override
	public boolean isOpen() {
		return !this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("peer", 1);
	}

	/** Bytes arrive. */
	void arrive(byte[] bytes) {
		int length = this.toServer.length;
		this.toServer = Arrays.copyOf(this.toServer, length + bytes.length);
		System.arraycopy(bytes, 0, this.toServer, length, bytes.length);
	}

	/** The client sends FIN. */
	void end() {
		this.clientEnded = true;
	}

	/** The client sends RST. */
	void reset() {
		this.reset = true;
	}

	/** From now on the wire takes so many bytes from the server. */
	void room(int bytes) {
		this.room = bytes;
	}

	/** What the server has written since the last call. */
	byte[] takeWritten() {
		byte[] bytes = this.toClient.toByteArray();
		this.toClient.reset();
		return bytes;
	}

	/** Whether a selector would report the key for reading. */
	boolean isReadable() {
		return this.wantsRead && !this.closed && (this.toServer.length > 0 || this.clientEnded || this.reset);
	}

	/** Whether a selector would report the key for writing. */
	boolean isWritable() {
		return this.wantsWrite && !this.closed && (this.room > 0 || this.reset);
	}

	boolean wantsRead() {
		return this.wantsRead;
	}

	boolean wantsWrite() {
		return this.wantsWrite;
	}

	boolean isServerEnded() {
		return this.serverEnded;
	}

	boolean isClosed() {
		return this.closed;
	}

	/** How many bytes have arrived and were not read. */
	int waiting() {
		return this.toServer.length;
	}

	int reads() {
		return this.reads;
	}

	@Override
	public String toString() {
		return "wire";
	}

}
