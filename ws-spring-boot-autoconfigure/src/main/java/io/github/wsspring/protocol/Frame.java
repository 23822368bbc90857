package io.github.wsspring.protocol;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * One frame of ours as it travels: whole, not masked (RFC 6455, section 5.1). Can be
 * written any number of times, to any number of peers, from any thread.
 */
public final class Frame {

	private static final int FIN = 0x80;

	/** RFC 7692 6: RSV1 marks a compressed message. */
	private static final int COMPRESSED = 0x40;

	private static final int LENGTH_16 = 126;

	private static final int LENGTH_64 = 127;

	/** The longest header of a frame that is not masked. */
	static final int MAX_HEADER = 10;

	private final int flags;

	private final byte[] payload;

	/** Made when it is first asked for; it does not matter if two threads do. */
	private byte @Nullable [] header;

	private Frame(int flags, byte[] payload) {
		this.flags = FIN | flags;
		this.payload = payload;
	}

	static Frame data(boolean text, byte[] payload) {
		return new Frame(text ? Opcode.TEXT : Opcode.BINARY, payload);
	}

	/**
	 * A ping.
	 * @param payload at most 125 bytes
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is longer
	 */
	public static Frame ping(byte[] payload) {
		return control(Opcode.PING, payload);
	}

	/**
	 * A pong.
	 * @param payload at most 125 bytes
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is longer
	 */
	public static Frame pong(byte[] payload) {
		return control(Opcode.PONG, payload);
	}

	static Frame close(CloseStatus status) {
		return control(Opcode.CLOSE, CloseFrame.payload(status));
	}

	private static Frame control(int opcode, byte[] payload) {
		// RFC 6455 5.5
		if (payload.length > 125) {
			throw new IllegalArgumentException(
					"A control frame has room for 125 bytes, not for " + payload.length + "; send a message instead");
		}
		return new Frame(opcode, payload);
	}

	/**
	 * This frame with its payload compressed.
	 * @param payload the compressed payload
	 * @return the frame
	 */
	Frame compressed(byte[] payload) {
		return new Frame(this.flags | COMPRESSED, payload);
	}

	/**
	 * Whether this is a message that is not compressed yet.
	 * @return {@code false} for control frames and compressed messages
	 */
	boolean isData() {
		return this.flags == (FIN | Opcode.TEXT) || this.flags == (FIN | Opcode.BINARY);
	}

	/**
	 * How long the frame is.
	 * @return bytes of header and payload
	 */
	public int size() {
		return headerSize() + this.payload.length;
	}

	private int headerSize() {
		if (this.payload.length < LENGTH_16) {
			return 2;
		}
		return (this.payload.length <= 0xffff) ? 4 : MAX_HEADER;
	}

	/**
	 * Writes the whole frame.
	 * @param target big-endian, with room for {@link #size()} bytes
	 */
	public void writeTo(ByteBuffer target) {
		writeHeader(target);
		target.put(this.payload);
	}

	private void writeHeader(ByteBuffer target) {
		int length = this.payload.length;
		target.put((byte) this.flags);
		if (length < LENGTH_16) {
			target.put((byte) length);
		}
		else if (length <= 0xffff) {
			target.put((byte) LENGTH_16).putShort((short) length);
		}
		else {
			target.put((byte) LENGTH_64).putLong(length);
		}
	}

	/**
	 * The frame's header.
	 * @return the header itself, not to be changed
	 */
	public byte[] header() {
		byte[] known = this.header;
		if (known == null) {
			ByteBuffer buffer = ByteBuffer.allocate(headerSize());
			writeHeader(buffer);
			known = buffer.array();
			this.header = known;
		}
		return known;
	}

	/**
	 * The frame's payload.
	 * @return the payload itself, not to be changed
	 */
	public byte[] payload() {
		return this.payload;
	}

}
