package io.github.wsspring.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/**
 * A connection in memory whose peer takes and gives as many bytes at once as a test says.
 */
public final class SimulatedTransport implements Transport {

	private final InetSocketAddress remoteAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private byte[] input = {};

	/** How many bytes one read gives at most. */
	public int readLimit = Integer.MAX_VALUE;

	/** How many bytes one write takes at most. */
	public int writeLimit = Integer.MAX_VALUE;

	/** How many bytes are taken until the peer reads again. */
	public long room = Long.MAX_VALUE;

	/** After how many calls the connection is reset. */
	public int callsUntilReset = Integer.MAX_VALUE;

	public boolean readInterest = true;

	public boolean writeInterest;

	public boolean outputEnded;

	public boolean closed;

	public int writes;

	private boolean inputEnded;

	public void feed(byte[] bytes) {
		int before = this.input.length;
		this.input = Arrays.copyOf(this.input, before + bytes.length);
		System.arraycopy(bytes, 0, this.input, before, bytes.length);
	}

	public void endInput() {
		this.inputEnded = true;
	}

	public void reset() {
		this.callsUntilReset = 0;
	}

	public boolean isReadable() {
		return this.readInterest && !this.closed
				&& (this.input.length > 0 || this.inputEnded || this.callsUntilReset <= 0);
	}

	public boolean isWritable() {
		return this.writeInterest && !this.closed && (this.room > 0 || this.callsUntilReset <= 0);
	}

	public int unread() {
		return this.input.length;
	}

	public byte[] written() {
		return this.output.toByteArray();
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		call();
		int length = Math.min(Math.min(this.input.length, this.readLimit), target.remaining());
		if (length == 0 && this.inputEnded) {
			return -1;
		}
		target.put(this.input, 0, length);
		this.input = Arrays.copyOfRange(this.input, length, this.input.length);
		return length;
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		call();
		this.writes++;
		if (this.outputEnded) {
			throw new ClosedChannelException();
		}
		int length = (int) Math.min(Math.min(source.remaining(), this.writeLimit), this.room);
		byte[] bytes = new byte[length];
		source.get(bytes);
		this.output.writeBytes(bytes);
		this.room -= length;
		return length;
	}

	private void call() throws IOException {
		if (this.closed) {
			throw new ClosedChannelException();
		}
		if (this.callsUntilReset-- <= 0) {
			throw new IOException("Connection reset by peer");
		}
	}

	@Override
	public void interest(boolean read, boolean write) {
		this.readInterest = read;
		this.writeInterest = write;
	}

	@Override
	public void shutdownOutput() throws IOException {
		call();
		this.outputEnded = true;
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
		return this.remoteAddress;
	}

	@Override
	public String toString() {
		return "simulated peer";
	}

}
